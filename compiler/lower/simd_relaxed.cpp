// Relaxed SIMD: instructions whose result may differ between targets in corner cases. Here it depends on the
// target and its CPU setting alone, never on the optimiser: docs/cli.md has the table. Targets that it does
// not name do as the instructions that are not relaxed do.
#include "lower/simd.h"

#include <llvm/IR/IntrinsicsAArch64.h>
#include <llvm/IR/IntrinsicsX86.h>

namespace wasmc::compiler {
namespace {

// Sixteen products summed in pairs, signed by signed.
llvm::Value* dotBytes(FunctionContext& f, llvm::Value* a, llvm::Value* b) {
  // PMADDUBSW takes the unsigned lanes first.
  if (isX86(f)) return f.call(llvm::Intrinsic::x86_ssse3_pmadd_ub_sw_128, {}, {b, a});
  llvm::IRBuilder<>& ir = f.ir();
  llvm::Type* const wide = widened(laneType(f, Lanes::I8x16));
  llvm::Value* const products = ir.CreateMul(ir.CreateSExt(a, wide), ir.CreateSExt(b, wide));
  return ir.CreateAdd(ir.CreateShuffleVector(products, {0, 2, 4, 6, 8, 10, 12, 14}),
                      ir.CreateShuffleVector(products, {1, 3, 5, 7, 9, 11, 13, 15}));
}

llvm::Value* dotProductAdd(FunctionContext& f, llvm::Value* addend, llvm::Value* a, llvm::Value* b) {
  // VPDPBUSD takes the unsigned lanes first.
  if (isX86(f)) return f.call(llvm::Intrinsic::x86_avx512_vpdpbusd_128, {}, {addend, b, a});
  return f.call(llvm::Intrinsic::aarch64_neon_sdot, {addend->getType(), a->getType()}, {addend, a, b});
}

llvm::Value* addPairsOfWords(FunctionContext& f, llvm::Value* words) {
  llvm::IRBuilder<>& ir = f.ir();
  if (isX86(f)) {
    return f.call(llvm::Intrinsic::x86_sse2_pmadd_wd, {},
                  {words, llvm::ConstantInt::get(words->getType(), 1)});
  }
  llvm::Type* const type = laneType(f, Lanes::I32x4);
  if (isArm64(f)) return f.call(llvm::Intrinsic::aarch64_neon_saddlp, {type, words->getType()}, {words});
  return ir.CreateAdd(ir.CreateSExt(ir.CreateShuffleVector(words, {0, 2, 4, 6}), type),
                      ir.CreateSExt(ir.CreateShuffleVector(words, {1, 3, 5, 7}), type));
}

}  // namespace

void lowerRelaxedSwizzle(FunctionContext& f) {
  if (!isX86(f)) return lowerSwizzle(f);
  llvm::Value* const indices = f.pop();
  llvm::Value* const vector = f.pop();
  f.push(f.call(llvm::Intrinsic::x86_ssse3_pshuf_b_128, {}, {vector, indices}));
}

void lowerRelaxedTruncate(FunctionContext& f, Lanes from) {
  const bool is_double = from == Lanes::F64x2;
  if (!isX86(f)) {
    return is_double ? lowerVectorTruncateSatDouble(f, Extend::Signed)
                     : lowerVectorTruncateSat(f, Extend::Signed);
  }
  const auto id = is_double ? llvm::Intrinsic::x86_sse2_cvttpd2dq : llvm::Intrinsic::x86_sse2_cvttps2dq;
  pushVector(f, f.call(id, {}, {popLanes(f, from)}));
}

void lowerRelaxedMultiplyAdd(FunctionContext& f, Lanes lanes, bool negate) {
  llvm::IRBuilder<>& ir = f.ir();
  llvm::Value* const addend = popLanes(f, lanes);
  llvm::Value* const b = popLanes(f, lanes);
  llvm::Value* a = popLanes(f, lanes);
  if (negate) a = ir.CreateFNeg(a);
  if (f.module().options().fused_multiply_add) {
    pushVector(f, f.call(llvm::Intrinsic::fma, {a->getType()}, {a, b, addend}));
  } else {
    pushVector(f, ir.CreateFAdd(ir.CreateFMul(a, b), addend));
  }
}

void lowerRelaxedLaneSelect(FunctionContext& f, Lanes lanes) {
  // x86 has no blend of 16-bit lanes.
  if (!isX86(f) || lanes == Lanes::I16x8) return lowerBitSelect(f);
  llvm::Value* const mask = popLanes(f, lanes);
  llvm::Value* const otherwise = popLanes(f, lanes);
  llvm::Value* const then = popLanes(f, lanes);
  llvm::Value* const chosen = f.ir().CreateICmpSLT(mask, llvm::Constant::getNullValue(mask->getType()));
  pushVector(f, f.ir().CreateSelect(chosen, then, otherwise));
}

void lowerRelaxedMinMax(FunctionContext& f, Lanes lanes, llvm::Intrinsic::ID id) {
  if (!isX86(f)) return lowerVectorMinMax(f, lanes, id);
  const auto first = id == llvm::Intrinsic::maximum ? llvm::CmpInst::FCMP_OGT : llvm::CmpInst::FCMP_OLT;
  llvm::Value* const b = popLanes(f, lanes);
  llvm::Value* const a = popLanes(f, lanes);
  pushVector(f, f.ir().CreateSelect(f.ir().CreateFCmp(first, a, b), a, b));
}

void lowerRelaxedQ15Multiply(FunctionContext& f) {
  if (!isX86(f)) return lowerQ15Multiply(f);
  llvm::Value* const b = popLanes(f, Lanes::I16x8);
  llvm::Value* const a = popLanes(f, Lanes::I16x8);
  pushVector(f, f.call(llvm::Intrinsic::x86_ssse3_pmul_hr_sw_128, {}, {a, b}));
}

void lowerRelaxedDotProduct(FunctionContext& f) {
  llvm::Value* const b = f.pop();
  llvm::Value* const a = f.pop();
  pushVector(f, dotBytes(f, a, b));
}

void lowerRelaxedDotProductAdd(FunctionContext& f) {
  llvm::Value* const addend = popLanes(f, Lanes::I32x4);
  llvm::Value* const b = f.pop();
  llvm::Value* const a = f.pop();
  if (f.module().options().dot_product) return pushVector(f, dotProductAdd(f, addend, a, b));
  pushVector(f, f.ir().CreateAdd(addPairsOfWords(f, dotBytes(f, a, b)), addend));
}

}  // namespace wasmc::compiler
