#include "lower/simd.h"

namespace wasmc::compiler {

void lowerVectorBinary(FunctionContext& f, Lanes lanes, llvm::Instruction::BinaryOps op) {
  llvm::Value* const b = popLanes(f, lanes);
  llvm::Value* const a = popLanes(f, lanes);
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
  llvm::Value* const count = splat(f, type, f.ir().CreateZExtOrTrunc(masked, type->getElementType()));
  pushVector(f, f.ir().CreateBinOp(op, popLanes(f, lanes), count));
}

void lowerVectorMinMax(FunctionContext& f, Lanes lanes, llvm::Intrinsic::ID id) {
  llvm::Value* const b = popLanes(f, lanes);
  llvm::Value* const a = popLanes(f, lanes);
  pushVector(f, minMax(f, a, b, id));
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
  llvm::Value* const bits = f.ir().CreateBitCast(f.pop(), f.ir().getInt128Ty());
  f.push(f.ir().CreateZExt(f.ir().CreateIsNotNull(bits), f.ir().getInt32Ty()));
}

void lowerAllTrue(FunctionContext& f, Lanes lanes) {
  llvm::Value* const vector = popLanes(f, lanes);
  llvm::Value* all;
  if (isX86(f)) {
    // No lane is zero: a comparison and PTEST.
    llvm::Value* const zeros = f.ir().CreateSExt(f.ir().CreateIsNull(vector), vector->getType());
    all = f.ir().CreateIsNull(f.ir().CreateBitCast(zeros, f.ir().getInt128Ty()));
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
