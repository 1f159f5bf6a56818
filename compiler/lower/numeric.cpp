// Integer and floating-point arithmetic. No fast-math flags, no constrained intrinsics: the default
// environment of LLVM is that of wasm, but for the few operations that LLVM folds away although wasm wants a
// signalling NaN to come out quiet (finish.h).
#include "lower/handlers.h"

#include <llvm/TargetParser/Triple.h>

namespace wasmc::compiler {
namespace {

llvm::Value* asI32(FunctionContext& f, llvm::Value* condition) {
  return f.ir().CreateZExt(condition, f.ir().getInt32Ty());
}

// Whether x86's MIN (MAX) of a value and `operand` needs no care for the sign of zeros: not zero itself, or
// the zero that wins against the other.
bool decidesZeros(llvm::Value* operand, bool is_max) {
  auto* constant = llvm::dyn_cast<llvm::ConstantFP>(operand);
  if (!constant || constant->isNaN()) return false;
  return !constant->isZero() || constant->isNegative() != is_max;
}

// x86 has no instruction with wasm's semantics. Its MIN is `a < b ? a : b`: the second operand where the two
// are equal or unordered. Both orders agree but for zeros of different sign, where or (max: and) of the bits
// is right, and for NaNs, which the sum carries on and makes quiet. Free of branches, and it vectorises.
llvm::Value* minMaxX86(FunctionContext& f, llvm::Value* a, llvm::Value* b, bool is_max) {
  llvm::IRBuilder<>& ir = f.ir();
  const auto less = is_max ? llvm::CmpInst::FCMP_OGT : llvm::CmpInst::FCMP_OLT;
  auto pick = [&](llvm::Value* x, llvm::Value* y) {
    return ir.CreateSelect(ir.CreateFCmp(less, x, y), x, y);
  };

  llvm::Value* const unordered = ir.CreateFCmpUNO(a, b);
  llvm::Value* const nan = ir.CreateFAdd(a, b);
  llvm::Value* ordered = nullptr;
  if (decidesZeros(b, is_max)) {
    ordered = pick(a, b);
  } else if (decidesZeros(a, is_max)) {
    ordered = pick(b, a);
  } else {
    llvm::Type* const type = a->getType();
    llvm::Type* const bits = type->getWithNewType(ir.getIntNTy(type->getScalarSizeInBits()));
    llvm::Value* const first = ir.CreateBitCast(pick(a, b), bits);
    llvm::Value* const second = ir.CreateBitCast(pick(b, a), bits);
    ordered = ir.CreateBitCast(is_max ? ir.CreateAnd(first, second) : ir.CreateOr(first, second), type);
  }
  return ir.CreateSelect(unordered, nan, ordered);
}

}  // namespace

void lowerConst(FunctionContext& f, llvm::Constant* value) { f.push(value); }

void lowerFloatConst(FunctionContext& f, const llvm::fltSemantics& semantics, uint64_t bits) {
  const llvm::APInt pattern(llvm::APFloat::getSizeInBits(semantics), bits);
  f.push(llvm::ConstantFP::get(f.module().context(), llvm::APFloat(semantics, pattern)));
}

void lowerBinary(FunctionContext& f, llvm::Instruction::BinaryOps op) {
  llvm::Value* const b = f.pop();
  llvm::Value* const a = f.pop();
  f.push(f.ir().CreateBinOp(op, a, b));
}

// `x & 0xff` is what is left in wasm of a conversion to uint8_t. Said as one, it lets LLVM narrow the
// arithmetic before it, which makes vectors of bytes where there would be vectors of words.
void lowerAnd(FunctionContext& f) {
  llvm::Value* const b = f.pop();
  llvm::Value* const a = f.pop();
  auto* mask = llvm::dyn_cast<llvm::ConstantInt>(b);
  for (const unsigned bits : {8, 16, 32}) {
    if (mask && bits < mask->getBitWidth() && mask->getValue().isMask(bits)) {
      return f.push(f.ir().CreateZExt(f.ir().CreateTrunc(a, f.ir().getIntNTy(bits)), a->getType()));
    }
  }
  f.push(f.ir().CreateAnd(a, b));
}

void lowerShift(FunctionContext& f, llvm::Instruction::BinaryOps op) {
  llvm::Value* const count = f.pop();
  llvm::Value* const value = f.pop();
  // Modulo the width; in LLVM a count of the width or more is poison.
  const unsigned mask = count->getType()->getIntegerBitWidth() - 1;
  f.push(f.ir().CreateBinOp(op, value, f.ir().CreateAnd(count, mask)));
}

void lowerRotate(FunctionContext& f, llvm::Intrinsic::ID id) {
  llvm::Value* const count = f.pop();
  llvm::Value* const value = f.pop();
  f.push(f.call(id, {value->getType()}, {value, value, count}));
}

void lowerDivide(FunctionContext& f, Operands operands) {
  llvm::Value* const divisor = f.pop();
  llvm::Value* const dividend = f.pop();
  f.trapIf(f.ir().CreateIsNull(divisor), abi::TrapCode::IntegerDivideByZero);
  if (operands == Operands::Unsigned) return f.push(f.ir().CreateUDiv(dividend, divisor));

  // The one quotient that does not fit.
  auto* type = llvm::cast<llvm::IntegerType>(divisor->getType());
  llvm::Value* const least =
      llvm::ConstantInt::get(type, llvm::APInt::getSignedMinValue(type->getBitWidth()));
  llvm::Value* const is_minus_one = f.ir().CreateICmpEQ(divisor, llvm::ConstantInt::getAllOnesValue(type));
  if (!llvm::isa<llvm::ConstantInt>(divisor) || is_minus_one == f.ir().getTrue()) {
    f.trapIf(f.ir().CreateAnd(is_minus_one, f.ir().CreateICmpEQ(dividend, least)),
             abi::TrapCode::IntegerOverflow);
  }
  f.push(f.ir().CreateSDiv(dividend, divisor));
}

void lowerRemainder(FunctionContext& f, Operands operands) {
  llvm::Value* const divisor = f.pop();
  llvm::Value* const dividend = f.pop();
  f.trapIf(f.ir().CreateIsNull(divisor), abi::TrapCode::IntegerDivideByZero);
  if (operands == Operands::Unsigned) return f.push(f.ir().CreateURem(dividend, divisor));

  // The remainder by -1 is 0, also where the quotient does not fit; so is the one by 1.
  llvm::Type* const type = divisor->getType();
  llvm::Value* const is_minus_one = f.ir().CreateICmpEQ(divisor, llvm::ConstantInt::getAllOnesValue(type));
  llvm::Value* const safe = f.ir().CreateSelect(is_minus_one, llvm::ConstantInt::get(type, 1), divisor);
  f.push(f.ir().CreateSRem(dividend, safe));
}

void lowerCountZeros(FunctionContext& f, llvm::Intrinsic::ID id) {
  llvm::Value* const value = f.pop();
  f.push(f.call(id, {value->getType()}, {value, f.ir().getFalse()}));  // of zero: the width
}

void lowerUnary(FunctionContext& f, llvm::Intrinsic::ID id) {
  llvm::Value* const value = f.pop();
  f.push(f.call(id, {value->getType()}, {value}));
}

void lowerNegate(FunctionContext& f) { f.push(f.ir().CreateFNeg(f.pop())); }

void lowerCopysign(FunctionContext& f) {
  llvm::Value* const sign = f.pop();
  llvm::Value* const magnitude = f.pop();
  f.push(f.call(llvm::Intrinsic::copysign, {sign->getType()}, {magnitude, sign}));
}

llvm::Value* minMax(FunctionContext& f, llvm::Value* a, llvm::Value* b, llvm::Intrinsic::ID id) {
  if (f.module().target().getTargetTriple().isX86()) {
    return minMaxX86(f, a, b, id == llvm::Intrinsic::maximum);
  }
  return f.call(id, {a->getType()}, {a, b});
}

void lowerMinMax(FunctionContext& f, llvm::Intrinsic::ID id) {
  llvm::Value* const b = f.pop();
  llvm::Value* const a = f.pop();
  f.push(minMax(f, a, b, id));
}

void lowerEqz(FunctionContext& f) { f.push(asI32(f, f.ir().CreateIsNull(f.pop()))); }

void lowerCompare(FunctionContext& f, llvm::CmpInst::Predicate predicate) {
  llvm::Value* const b = f.pop();
  llvm::Value* const a = f.pop();
  f.push(asI32(f, f.ir().CreateCmp(predicate, a, b)));
}

}  // namespace wasmc::compiler
