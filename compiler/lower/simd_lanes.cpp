#include "lower/simd.h"

#include <llvm/IR/IntrinsicsAArch64.h>
#include <llvm/IR/IntrinsicsX86.h>
#include <llvm/TargetParser/Triple.h>

namespace wasmc::compiler {
namespace {

// Lane by lane, for targets without a table look-up instruction.
llvm::Value* swizzleByLanes(FunctionContext& f, llvm::Value* vector, llvm::Value* indices) {
  llvm::IRBuilder<>& ir = f.ir();
  llvm::Value* result = llvm::Constant::getNullValue(vector->getType());
  for (uint64_t lane = 0; lane < 16; ++lane) {
    llvm::Value* const index = ir.CreateExtractElement(indices, lane);
    llvm::Value* const found = ir.CreateExtractElement(vector, ir.CreateAnd(index, 15));
    llvm::Value* const inside = ir.CreateICmpULT(index, ir.getInt8(16));
    result = ir.CreateInsertElement(result, ir.CreateSelect(inside, found, ir.getInt8(0)), lane);
  }
  return result;
}

}  // namespace

bool isX86(FunctionContext& f) { return f.module().target().getTargetTriple().isX86(); }

bool isArm64(FunctionContext& f) { return f.module().target().getTargetTriple().isAArch64(); }

llvm::FixedVectorType* laneType(FunctionContext& f, Lanes lanes) {
  llvm::IRBuilder<>& ir = f.ir();
  switch (lanes) {
    case Lanes::I8x16: return llvm::FixedVectorType::get(ir.getInt8Ty(), 16);
    case Lanes::I16x8: return llvm::FixedVectorType::get(ir.getInt16Ty(), 8);
    case Lanes::I32x4: return llvm::FixedVectorType::get(ir.getInt32Ty(), 4);
    case Lanes::I64x2: return llvm::FixedVectorType::get(ir.getInt64Ty(), 2);
    case Lanes::F32x4: return llvm::FixedVectorType::get(ir.getFloatTy(), 4);
    case Lanes::F64x2: return llvm::FixedVectorType::get(ir.getDoubleTy(), 2);
  }
  llvm_unreachable("every kind of lanes is handled");
}

llvm::Value* popLanes(FunctionContext& f, Lanes lanes) {
  return f.ir().CreateBitCast(f.pop(), laneType(f, lanes));
}

void pushVector(FunctionContext& f, llvm::Value* vector) {
  f.push(f.ir().CreateBitCast(vector, laneType(f, Lanes::I8x16)));
}

llvm::Value* splat(FunctionContext& f, llvm::FixedVectorType* type, llvm::Value* lane) {
  return f.ir().CreateVectorSplat(type->getNumElements(), lane);
}

llvm::Value* halfOf(FunctionContext& f, llvm::Value* vector, Half half) {
  const int count =
      static_cast<int>(llvm::cast<llvm::FixedVectorType>(vector->getType())->getNumElements()) / 2;
  llvm::SmallVector<int, 8> mask;
  for (int lane = 0; lane < count; ++lane) mask.push_back(half == Half::Low ? lane : count + lane);
  return f.ir().CreateShuffleVector(vector, mask);
}

llvm::FixedVectorType* widened(llvm::FixedVectorType* half) {
  auto* lane = llvm::cast<llvm::IntegerType>(half->getElementType());
  return llvm::FixedVectorType::get(lane->getExtendedType(), half->getNumElements());
}

void lowerVectorConst(FunctionContext& f, const Instr& i) {
  pushVector(
      f, llvm::ConstantDataVector::get(f.module().context(), llvm::ArrayRef<uint64_t>{i.bits, i.bits_hi}));
}

void lowerSplat(FunctionContext& f, Lanes lanes) {
  llvm::FixedVectorType* type = laneType(f, lanes);
  llvm::Value* lane = f.pop();
  if (lane->getType()->isIntegerTy()) lane = f.ir().CreateTrunc(lane, type->getElementType());
  pushVector(f, splat(f, type, lane));
}

void lowerExtractLane(FunctionContext& f, const Instr& i, Lanes lanes, Extend extend) {
  llvm::Value* const lane = f.ir().CreateExtractElement(popLanes(f, lanes), i.lane);
  switch (extend) {
    case Extend::None: return f.push(lane);
    case Extend::Signed: return f.push(f.ir().CreateSExt(lane, f.ir().getInt32Ty()));
    case Extend::Unsigned: return f.push(f.ir().CreateZExt(lane, f.ir().getInt32Ty()));
  }
}

void lowerReplaceLane(FunctionContext& f, const Instr& i, Lanes lanes) {
  llvm::Value* lane = f.pop();
  if (lane->getType()->isIntegerTy()) lane = f.ir().CreateTrunc(lane, laneType(f, lanes)->getElementType());
  pushVector(f, f.ir().CreateInsertElement(popLanes(f, lanes), lane, i.lane));
}

void lowerShuffle(FunctionContext& f, const Instr& i) {
  llvm::Value* const b = f.pop();
  llvm::Value* const a = f.pop();
  llvm::SmallVector<int, 16> mask;
  for (unsigned lane = 0; lane < 16; ++lane) {
    const uint64_t bits = lane < 8 ? i.bits : i.bits_hi;
    mask.push_back(static_cast<int>((bits >> (8 * (lane % 8))) & 0xff));
  }
  f.push(f.ir().CreateShuffleVector(a, b, mask));
}

void lowerSwizzle(FunctionContext& f) {
  llvm::Value* const indices = f.pop();
  llvm::Value* const vector = f.pop();
  if (isX86(f)) {
    // PSHUFB gives zero where the index has its top bit; this sets it from 16 on.
    llvm::Value* const marked = f.call(llvm::Intrinsic::uadd_sat, {indices->getType()},
                                       {indices, llvm::ConstantInt::get(indices->getType(), 0x70)});
    f.push(f.call(llvm::Intrinsic::x86_ssse3_pshuf_b_128, {}, {vector, marked}));
  } else if (isArm64(f)) {
    f.push(f.call(llvm::Intrinsic::aarch64_neon_tbl1, {vector->getType()}, {vector, indices}));
  } else {
    f.push(swizzleByLanes(f, vector, indices));
  }
}

}  // namespace wasmc::compiler
