#include "lower/handlers.h"

namespace wasmc::compiler {
namespace {

// The floats that truncate into an integer of `bits` bits lie strictly between two bounds: the nearest floats
// outside. For a signed type the lower one may not have a float just below; then the least integer itself is
// a float, and `includes_lower` says that it still is in range.
struct TruncationRange {
  llvm::APFloat lower;
  bool includes_lower;
  llvm::APFloat upper;
};

TruncationRange truncationRange(const llvm::fltSemantics& semantics, unsigned bits, Operands operands) {
  const bool is_signed = operands == Operands::Signed;
  // 2^(bits-1) or 2^bits: a power of two, so exact.
  const llvm::APInt limit = llvm::APInt::getOneBitSet(bits + 2, is_signed ? bits - 1 : bits);
  llvm::APFloat upper(semantics);
  upper.convertFromAPInt(limit, /*IsSigned=*/true, llvm::APFloat::rmNearestTiesToEven);

  const llvm::APInt below = is_signed ? -limit - 1 : llvm::APInt::getAllOnes(bits + 2);
  llvm::APFloat lower(semantics);
  const auto status = lower.convertFromAPInt(below, /*IsSigned=*/true, llvm::APFloat::rmTowardZero);
  return {lower, status != llvm::APFloat::opOK, upper};
}

}  // namespace

void lowerWrap(FunctionContext& f) { f.push(f.ir().CreateTrunc(f.pop(), f.ir().getInt32Ty())); }

void lowerExtend(FunctionContext& f, Operands operands) {
  llvm::Type* const type = f.ir().getInt64Ty();
  f.push(operands == Operands::Signed ? f.ir().CreateSExt(f.pop(), type) : f.ir().CreateZExt(f.pop(), type));
}

void lowerSignExtend(FunctionContext& f, unsigned bits) {
  llvm::Value* const value = f.pop();
  f.push(f.ir().CreateSExt(f.ir().CreateTrunc(value, f.ir().getIntNTy(bits)), value->getType()));
}

void lowerTruncate(FunctionContext& f, ValType to, Operands operands) {
  llvm::IRBuilder<>& ir = f.ir();
  llvm::Value* const value = f.pop();
  llvm::Type* const from = value->getType();
  llvm::Type* const type = f.lower(to);
  const TruncationRange range =
      truncationRange(from->getFltSemantics(), type->getIntegerBitWidth(), operands);

  // Two ordered comparisons decide; which trap it is matters only after they failed.
  llvm::Value* const lower = llvm::ConstantFP::get(from, range.lower);
  llvm::Value* const upper = llvm::ConstantFP::get(from, range.upper);
  llvm::Value* const above =
      range.includes_lower ? ir.CreateFCmpOGE(value, lower) : ir.CreateFCmpOGT(value, lower);
  llvm::Value* const inside = ir.CreateAnd(above, ir.CreateFCmpOLT(value, upper));
  const auto outside = f.branchIfRarely(ir.CreateNot(inside), "outside");
  f.enter(outside.cold);
  f.trapIf(ir.CreateFCmpUNO(value, value), abi::TrapCode::InvalidConversionToInteger);
  f.trap(abi::TrapCode::IntegerOverflow);
  f.enter(outside.next);
  f.push(operands == Operands::Signed ? ir.CreateFPToSI(value, type) : ir.CreateFPToUI(value, type));
}

void lowerTruncateSat(FunctionContext& f, ValType to, Operands operands) {
  llvm::Value* const value = f.pop();
  const auto id = operands == Operands::Signed ? llvm::Intrinsic::fptosi_sat : llvm::Intrinsic::fptoui_sat;
  f.push(f.call(id, {f.lower(to), value->getType()}, {value}));
}

void lowerConvert(FunctionContext& f, ValType to, Operands operands) {
  llvm::Value* const value = f.pop();
  llvm::Type* const type = f.lower(to);
  f.push(operands == Operands::Signed ? f.ir().CreateSIToFP(value, type) : f.ir().CreateUIToFP(value, type));
}

void lowerDemote(FunctionContext& f) { f.push(f.ir().CreateFPTrunc(f.pop(), f.ir().getFloatTy())); }

void lowerPromote(FunctionContext& f) { f.push(f.ir().CreateFPExt(f.pop(), f.ir().getDoubleTy())); }

void lowerReinterpret(FunctionContext& f, ValType to) { f.push(f.ir().CreateBitCast(f.pop(), f.lower(to))); }

}  // namespace wasmc::compiler
