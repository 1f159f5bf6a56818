#include "lower/simd.h"

#include <llvm/IR/IntrinsicsAArch64.h>
#include <llvm/IR/IntrinsicsX86.h>

namespace wasmc::compiler {
namespace {

// Shifted as the upper halves of 16-bit lanes, which x86 has an instruction for.
llvm::Value* shiftBytesRightX86(FunctionContext& f, llvm::Value* bytes, llvm::Value* count) {
  llvm::IRBuilder<>& ir = f.ir();
  llvm::FixedVectorType* const words = laneType(f, Lanes::I16x8);
  llvm::Value* const counts =
      splat(f, words, ir.CreateZExtOrTrunc(ir.CreateAdd(count, ir.getInt32(8)), ir.getInt16Ty()));
  const auto shifted = [&](llvm::ArrayRef<int> twice) {
    return ir.CreateAShr(ir.CreateBitCast(ir.CreateShuffleVector(bytes, twice), words), counts);
  };
  return f.call(llvm::Intrinsic::x86_sse2_packsswb_128, {},
                {shifted({0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7}),
                 shifted({8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15})});
}

// LLVM would multiply lane by lane. From halves: low * low + ((low * high + high * low) << 32).
llvm::Value* multiplyI64Arm64(FunctionContext& f, llvm::Value* a, llvm::Value* b) {
  llvm::IRBuilder<>& ir = f.ir();
  llvm::FixedVectorType* const words = laneType(f, Lanes::I32x4);
  llvm::FixedVectorType* const half = llvm::FixedVectorType::getHalfElementsVectorType(words);
  llvm::Value* const swapped = ir.CreateShuffleVector(ir.CreateBitCast(b, words), {1, 0, 3, 2});
  llvm::Value* const crossed = ir.CreateMul(ir.CreateBitCast(a, words), swapped);
  llvm::Value* const sums = f.call(llvm::Intrinsic::aarch64_neon_addp, {words}, {crossed, crossed});
  llvm::Value* const high = ir.CreateShl(ir.CreateZExt(halfOf(f, sums, Half::Low), a->getType()), 32);
  llvm::Value* const low = f.call(llvm::Intrinsic::aarch64_neon_umull, {a->getType()},
                                  {ir.CreateTrunc(a, half), ir.CreateTrunc(b, half)});
  return ir.CreateAdd(high, low);
}

// Whether any bit is set: UMAXP brings all to 64 bits, which a general register takes.
llvm::Value* anyBitArm64(FunctionContext& f, llvm::Value* vector) {
  llvm::FixedVectorType* const words = laneType(f, Lanes::I32x4);
  llvm::Value* const lanes = f.ir().CreateBitCast(vector, words);
  llvm::Value* const largest = f.call(llvm::Intrinsic::aarch64_neon_umaxp, {words}, {lanes, lanes});
  llvm::Value* const both = f.ir().CreateBitCast(largest, laneType(f, Lanes::I64x2));
  return f.ir().CreateIsNotNull(f.ir().CreateExtractElement(both, uint64_t{0}));
}

// VRANGE compares zeros by their sign, as wasm does; NaNs come from the sum.
llvm::Value* minMaxAvx512(FunctionContext& f, llvm::Value* a, llvm::Value* b, llvm::Intrinsic::ID id) {
  llvm::IRBuilder<>& ir = f.ir();
  const bool single = a->getType()->getScalarType()->isFloatTy();
  constexpr uint32_t kSignOfTheResult = 4;
  const uint32_t operation = kSignOfTheResult | (id == llvm::Intrinsic::maximum);
  llvm::Value* const found = f.call(
      single ? llvm::Intrinsic::x86_avx512_mask_range_ps_128 : llvm::Intrinsic::x86_avx512_mask_range_pd_128,
      {}, {a, b, ir.getInt32(operation), llvm::PoisonValue::get(a->getType()), ir.getInt8(0xff)});
  return ir.CreateSelect(ir.CreateFCmpORD(a, b), found, ir.CreateFAdd(a, b));
}

}  // namespace

void lowerVectorBinary(FunctionContext& f, Lanes lanes, llvm::Instruction::BinaryOps op) {
  llvm::Value* const b = popLanes(f, lanes);
  llvm::Value* const a = popLanes(f, lanes);
  const bool constant = llvm::isa<llvm::Constant>(a) || llvm::isa<llvm::Constant>(b);
  if (isArm64(f) && lanes == Lanes::I64x2 && op == llvm::Instruction::Mul && !constant) {
    return pushVector(f, multiplyI64Arm64(f, a, b));
  }
  pushVector(f, f.ir().CreateBinOp(op, a, b));
}

void lowerVectorBinary(FunctionContext& f, Lanes lanes, llvm::Intrinsic::ID id) {
  llvm::Value* const b = popLanes(f, lanes);
  llvm::Value* const a = popLanes(f, lanes);
  pushVector(f, f.call(id, {a->getType()}, {a, b}));
}

void lowerVectorUnary(FunctionContext& f, Lanes lanes, llvm::Intrinsic::ID id) {
  llvm::Value* const a = popLanes(f, lanes);
  pushVector(f, f.call(id, {a->getType()}, {a}));
}

void lowerVectorNegate(FunctionContext& f, Lanes lanes) {
  llvm::Value* const a = popLanes(f, lanes);
  pushVector(f, a->getType()->isFPOrFPVectorTy() ? f.ir().CreateFNeg(a) : f.ir().CreateNeg(a));
}

void lowerVectorAbs(FunctionContext& f, Lanes lanes) {
  llvm::Value* const a = popLanes(f, lanes);
  // Of the least integer: itself, not poison.
  pushVector(f, f.call(llvm::Intrinsic::abs, {a->getType()}, {a, f.ir().getFalse()}));
}

void lowerVectorCompare(FunctionContext& f, Lanes lanes, llvm::CmpInst::Predicate predicate) {
  llvm::Value* const b = popLanes(f, lanes);
  llvm::Value* const a = popLanes(f, lanes);
  llvm::Type* const mask = llvm::VectorType::getInteger(laneType(f, lanes));
  pushVector(f, f.ir().CreateSExt(f.ir().CreateCmp(predicate, a, b), mask));
}

void lowerVectorShift(FunctionContext& f, Lanes lanes, llvm::Instruction::BinaryOps op) {
  llvm::FixedVectorType* type = laneType(f, lanes);
  llvm::Value* const masked = f.ir().CreateAnd(f.pop(), type->getScalarSizeInBits() - 1);
  llvm::Value* const vector = popLanes(f, lanes);
  if (isX86(f) && lanes == Lanes::I8x16 && op == llvm::Instruction::AShr &&
      !llvm::isa<llvm::Constant>(masked)) {
    return pushVector(f, shiftBytesRightX86(f, vector, masked));
  }
  llvm::Value* const count = splat(f, type, f.ir().CreateZExtOrTrunc(masked, type->getElementType()));
  pushVector(f, f.ir().CreateBinOp(op, vector, count));
}

void lowerVectorMinMax(FunctionContext& f, Lanes lanes, llvm::Intrinsic::ID id) {
  llvm::Value* const b = popLanes(f, lanes);
  llvm::Value* const a = popLanes(f, lanes);
  pushVector(f, f.module().options().avx512 ? minMaxAvx512(f, a, b, id) : minMax(f, a, b, id));
}

void lowerPseudoMinMax(FunctionContext& f, Lanes lanes, llvm::CmpInst::Predicate replaces) {
  llvm::Value* const b = popLanes(f, lanes);
  llvm::Value* const a = popLanes(f, lanes);
  pushVector(f, f.ir().CreateSelect(f.ir().CreateFCmp(replaces, b, a), b, a));
}

void lowerVectorNot(FunctionContext& f) { f.push(f.ir().CreateNot(f.pop())); }

void lowerAndNot(FunctionContext& f) {
  llvm::Value* const b = f.pop();
  llvm::Value* const a = f.pop();
  f.push(f.ir().CreateAnd(a, f.ir().CreateNot(b)));
}

void lowerBitSelect(FunctionContext& f) {
  llvm::Value* const mask = f.pop();
  llvm::Value* const otherwise = f.pop();
  llvm::Value* const then = f.pop();
  f.push(f.ir().CreateOr(f.ir().CreateAnd(then, mask), f.ir().CreateAnd(otherwise, f.ir().CreateNot(mask))));
}

void lowerAnyTrue(FunctionContext& f) {
  llvm::Value* const any = isArm64(f)
                               ? anyBitArm64(f, f.pop())
                               : f.ir().CreateIsNotNull(f.ir().CreateBitCast(f.pop(), f.ir().getInt128Ty()));
  f.push(f.ir().CreateZExt(any, f.ir().getInt32Ty()));
}

void lowerAllTrue(FunctionContext& f, Lanes lanes) {
  llvm::Value* const vector = popLanes(f, lanes);
  llvm::Value* all;
  if (isX86(f)) {
    // No lane is zero: a comparison and PTEST.
    llvm::Value* const zeros = f.ir().CreateSExt(f.ir().CreateIsNull(vector), vector->getType());
    all = f.ir().CreateIsNull(f.ir().CreateBitCast(zeros, f.ir().getInt128Ty()));
  } else if (isArm64(f) && lanes != Lanes::I64x2) {
    // The least lane is not zero: UMINV.
    all = f.ir().CreateIsNotNull(f.ir().CreateIntMinReduce(vector));
  } else {
    all = f.ir().CreateAndReduce(f.ir().CreateIsNotNull(vector));
  }
  f.push(f.ir().CreateZExt(all, f.ir().getInt32Ty()));
}

void lowerBitmask(FunctionContext& f, Lanes lanes) {
  llvm::FixedVectorType* type = laneType(f, lanes);
  llvm::Value* const signs = f.ir().CreateICmpSLT(popLanes(f, lanes), llvm::Constant::getNullValue(type));
  llvm::Value* const bits = f.ir().CreateBitCast(signs, f.ir().getIntNTy(type->getNumElements()));
  f.push(f.ir().CreateZExt(bits, f.ir().getInt32Ty()));
}

}  // namespace wasmc::compiler
