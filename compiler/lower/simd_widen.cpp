#include "lower/simd.h"

#include <llvm/IR/IntrinsicsAArch64.h>
#include <llvm/IR/IntrinsicsX86.h>

namespace wasmc::compiler {
namespace {

llvm::Value* extendHalf(FunctionContext& f, llvm::Value* vector, Half half, Extend extend) {
  llvm::Value* const lanes = halfOf(f, vector, half);
  llvm::Type* const type = widened(llvm::cast<llvm::FixedVectorType>(lanes->getType()));
  return extend == Extend::Signed ? f.ir().CreateSExt(lanes, type) : f.ir().CreateZExt(lanes, type);
}

// The lanes 0, 2, 4 ... (first = 0) or 1, 3, 5 ... (first = 1).
llvm::Value* everyOther(FunctionContext& f, llvm::Value* vector, int first) {
  const int count = static_cast<int>(llvm::cast<llvm::FixedVectorType>(vector->getType())->getNumElements());
  llvm::SmallVector<int, 8> mask;
  for (int lane = first; lane < count; lane += 2) mask.push_back(lane);
  return f.ir().CreateShuffleVector(vector, mask);
}

llvm::Value* addPairs(FunctionContext& f, llvm::Value* vector) {
  return f.ir().CreateAdd(everyOther(f, vector, 0), everyOther(f, vector, 1));
}

// PMULLW and PMULHW give the halves of eight products; PMULLD takes twice as long as either.
void multiplyWordsX86(FunctionContext& f, Half half, Extend extend) {
  llvm::Value* const b = popLanes(f, Lanes::I16x8);
  llvm::Value* const a = popLanes(f, Lanes::I16x8);
  const auto high_half =
      extend == Extend::Signed ? llvm::Intrinsic::x86_sse2_pmulh_w : llvm::Intrinsic::x86_sse2_pmulhu_w;
  llvm::Value* const low = f.ir().CreateMul(a, b);
  llvm::Value* const high = f.call(high_half, {}, {a, b});
  static constexpr int kLow[] = {0, 8, 1, 9, 2, 10, 3, 11};
  static constexpr int kHigh[] = {4, 12, 5, 13, 6, 14, 7, 15};
  pushVector(f, f.ir().CreateShuffleVector(low, high, half == Half::Low ? kLow : kHigh));
}

}  // namespace

void lowerExtendHalf(FunctionContext& f, Lanes from, Half half, Extend extend) {
  pushVector(f, extendHalf(f, popLanes(f, from), half, extend));
}

void lowerExtendMultiply(FunctionContext& f, Lanes from, Half half, Extend extend) {
  if (isX86(f) && from == Lanes::I16x8) return multiplyWordsX86(f, half, extend);
  llvm::Value* const b = extendHalf(f, popLanes(f, from), half, extend);
  llvm::Value* const a = extendHalf(f, popLanes(f, from), half, extend);
  pushVector(f, f.ir().CreateMul(a, b));
}

void lowerExtendAddPairwise(FunctionContext& f, Lanes from, Extend extend) {
  llvm::Value* const vector = popLanes(f, from);
  auto* narrow = llvm::cast<llvm::FixedVectorType>(vector->getType());
  const bool is_signed = extend == Extend::Signed;
  llvm::FixedVectorType* const wide = laneType(f, from == Lanes::I8x16 ? Lanes::I16x8 : Lanes::I32x4);
  if (isX86(f) && from == Lanes::I8x16) {
    // PMADDUBSW takes unsigned lanes first, signed ones second.
    llvm::Value* const ones = llvm::ConstantInt::get(narrow, 1);
    return pushVector(f, f.call(llvm::Intrinsic::x86_ssse3_pmadd_ub_sw_128, {},
                                is_signed ? llvm::ArrayRef<llvm::Value*>{ones, vector}
                                          : llvm::ArrayRef<llvm::Value*>{vector, ones}));
  }
  if (isX86(f) && is_signed) {
    llvm::Value* const ones = llvm::ConstantInt::get(narrow, 1);
    return pushVector(f, f.call(llvm::Intrinsic::x86_sse2_pmadd_wd, {}, {vector, ones}));
  }
  if (isArm64(f)) {
    const auto id = is_signed ? llvm::Intrinsic::aarch64_neon_saddlp : llvm::Intrinsic::aarch64_neon_uaddlp;
    return pushVector(f, f.call(id, {wide, narrow}, {vector}));
  }
  auto extended = [&](int first) {
    llvm::Value* const lanes = everyOther(f, vector, first);
    return is_signed ? f.ir().CreateSExt(lanes, wide) : f.ir().CreateZExt(lanes, wide);
  };
  pushVector(f, f.ir().CreateAdd(extended(0), extended(1)));
}

void lowerNarrow(FunctionContext& f, Lanes from, Extend saturation) {
  llvm::Value* const high = popLanes(f, from);
  llvm::Value* const low = popLanes(f, from);
  const bool is_signed = saturation == Extend::Signed;
  if (isX86(f)) {
    const auto bytes =
        is_signed ? llvm::Intrinsic::x86_sse2_packsswb_128 : llvm::Intrinsic::x86_sse2_packuswb_128;
    const auto words =
        is_signed ? llvm::Intrinsic::x86_sse2_packssdw_128 : llvm::Intrinsic::x86_sse41_packusdw;
    return pushVector(f, f.call(from == Lanes::I16x8 ? bytes : words, {}, {low, high}));
  }
  // Signed lanes, clamped to the range of the narrow ones.
  auto* half = llvm::cast<llvm::FixedVectorType>(low->getType());
  const unsigned bits = half->getScalarSizeInBits() / 2;
  const llvm::APInt least =
      is_signed ? llvm::APInt::getSignedMinValue(bits).sext(2 * bits) : llvm::APInt::getZero(2 * bits);
  const llvm::APInt greatest = is_signed ? llvm::APInt::getSignedMaxValue(bits).sext(2 * bits)
                                         : llvm::APInt::getMaxValue(bits).zext(2 * bits);
  llvm::SmallVector<int, 16> mask;
  for (int lane = 0; lane < 2 * static_cast<int>(half->getNumElements()); ++lane) mask.push_back(lane);
  llvm::Value* const both = f.ir().CreateShuffleVector(low, high, mask);
  auto* type = llvm::cast<llvm::VectorType>(both->getType());
  llvm::Value* const raised =
      f.call(llvm::Intrinsic::smax, {type}, {both, llvm::ConstantInt::get(type, least)});
  llvm::Value* const clamped =
      f.call(llvm::Intrinsic::smin, {type}, {raised, llvm::ConstantInt::get(type, greatest)});
  pushVector(f, f.ir().CreateTrunc(clamped, llvm::VectorType::getTruncatedElementVectorType(type)));
}

void lowerAverage(FunctionContext& f, Lanes lanes) {
  llvm::Value* const b = popLanes(f, lanes);
  llvm::Value* const a = popLanes(f, lanes);
  // Rounded up, without overflow: PAVG, URHADD.
  llvm::Type* const wide = widened(laneType(f, lanes));
  llvm::Value* const sum = f.ir().CreateAdd(f.ir().CreateZExt(a, wide), f.ir().CreateZExt(b, wide));
  llvm::Value* const half = f.ir().CreateLShr(f.ir().CreateAdd(sum, llvm::ConstantInt::get(wide, 1)), 1);
  pushVector(f, f.ir().CreateTrunc(half, a->getType()));
}

void lowerQ15Multiply(FunctionContext& f) {
  llvm::Value* const b = popLanes(f, Lanes::I16x8);
  llvm::Value* const a = popLanes(f, Lanes::I16x8);
  llvm::Type* const type = a->getType();
  if (isArm64(f)) {
    return pushVector(f, f.call(llvm::Intrinsic::aarch64_neon_sqrdmulh, {type}, {a, b}));
  }
  if (isX86(f)) {
    // PMULHRSW does not saturate the one product that needs it, -1 by -1: it gives 0x8000, which nothing
    // else does.
    llvm::Value* const product = f.call(llvm::Intrinsic::x86_ssse3_pmul_hr_sw_128, {}, {a, b});
    llvm::Value* const wrapped = f.ir().CreateICmpEQ(product, llvm::ConstantInt::get(type, 0x8000));
    return pushVector(f, f.ir().CreateXor(product, f.ir().CreateSExt(wrapped, type)));
  }
  llvm::Type* const wide = widened(laneType(f, Lanes::I16x8));
  llvm::Value* const product = f.ir().CreateMul(f.ir().CreateSExt(a, wide), f.ir().CreateSExt(b, wide));
  llvm::Value* const rounded = f.ir().CreateAdd(product, llvm::ConstantInt::get(wide, 0x4000));
  llvm::Value* const scaled = f.ir().CreateAShr(rounded, 15);
  llvm::Value* const clamped =
      f.call(llvm::Intrinsic::smin, {wide}, {scaled, llvm::ConstantInt::get(wide, 0x7fff)});
  pushVector(f, f.ir().CreateTrunc(clamped, type));
}

void lowerDotProduct(FunctionContext& f) {
  llvm::Value* const b = popLanes(f, Lanes::I16x8);
  llvm::Value* const a = popLanes(f, Lanes::I16x8);
  if (isX86(f)) return pushVector(f, f.call(llvm::Intrinsic::x86_sse2_pmadd_wd, {}, {a, b}));
  llvm::Type* const wide = widened(laneType(f, Lanes::I16x8));
  pushVector(f, addPairs(f, f.ir().CreateMul(f.ir().CreateSExt(a, wide), f.ir().CreateSExt(b, wide))));
}

}  // namespace wasmc::compiler
