#include "lower/simd.h"

#include <llvm/IR/IntrinsicsAArch64.h>
#include <llvm/IR/IntrinsicsX86.h>

namespace wasmc::compiler {
namespace {

// The four lanes that two lanes and two zeros make.
llvm::Value* withZeros(FunctionContext& f, llvm::Value* low) {
  return f.ir().CreateShuffleVector(low, llvm::Constant::getNullValue(low->getType()), {0, 1, 2, 3});
}

// CVTTPS2DQ gives 0x80000000 for what does not fit. NaNs become 0 first; where the float is too large, all
// bits are flipped to 0x7fffffff.
llvm::Value* truncateSignedX86(FunctionContext& f, llvm::Value* floats) {
  llvm::IRBuilder<>& ir = f.ir();
  llvm::Type* const type = floats->getType();
  llvm::Value* const numbers =
      ir.CreateSelect(ir.CreateFCmpORD(floats, floats), floats, llvm::Constant::getNullValue(type));
  llvm::Value* const too_large = ir.CreateFCmpOGE(numbers, llvm::ConstantFP::get(type, 2147483648.0));
  llvm::Value* const truncated = f.call(llvm::Intrinsic::x86_sse2_cvttps2dq, {}, {numbers});
  return ir.CreateXor(truncated, ir.CreateSExt(too_large, truncated->getType()));
}

// Without an unsigned instruction: 2^31 is taken off the floats that have it; what is left of them is
// converted like the others, saturated, and the high bit put back. For the rest that difference is negative
// and counts as 0.
llvm::Value* truncateUnsignedX86(FunctionContext& f, llvm::Value* floats) {
  llvm::IRBuilder<>& ir = f.ir();
  llvm::Type* const type = floats->getType();
  llvm::Value* const zero = llvm::Constant::getNullValue(type);
  llvm::Value* const limit = llvm::ConstantFP::get(type, 2147483648.0);
  // Also takes NaNs to 0.
  llvm::Value* const numbers = ir.CreateSelect(ir.CreateFCmpOGT(floats, zero), floats, zero);
  llvm::Value* const low = f.call(llvm::Intrinsic::x86_sse2_cvttps2dq, {}, {numbers});
  llvm::Value* const rest = ir.CreateFSub(numbers, limit);
  llvm::Value* const too_large = ir.CreateFCmpOGE(rest, limit);
  llvm::Value* const high = f.call(llvm::Intrinsic::x86_sse2_cvttps2dq, {}, {rest});
  llvm::Value* const saturated = ir.CreateXor(high, ir.CreateSExt(too_large, high->getType()));
  llvm::Value* const counted = f.call(llvm::Intrinsic::smax, {high->getType()},
                                      {saturated, llvm::Constant::getNullValue(high->getType())});
  // Where there is a rest, `low` is 0x80000000.
  return ir.CreateAdd(low, counted);
}

// AVX-512 has the instruction; it gives the largest number for what does not fit, so NaNs and negative floats
// become 0 first.
llvm::Value* truncateUnsignedAvx512(FunctionContext& f, llvm::Value* floats, llvm::Intrinsic::ID id) {
  llvm::Value* const zero = llvm::Constant::getNullValue(floats->getType());
  llvm::Value* const raised = f.ir().CreateSelect(f.ir().CreateFCmpOGT(floats, zero), floats, zero);
  llvm::Value* const nothing = llvm::PoisonValue::get(laneType(f, Lanes::I32x4));
  return f.call(id, {}, {raised, nothing, f.ir().getInt8(0xff)});
}

// Clamped as floats, of which each i32 is one, then converted: MAXPD, MINPD, CVTTPD2DQ.
llvm::Value* truncateDoubleX86(FunctionContext& f, llvm::Value* floats, bool is_signed) {
  llvm::IRBuilder<>& ir = f.ir();
  llvm::Type* const type = floats->getType();
  llvm::Value* const zero = llvm::Constant::getNullValue(type);
  if (is_signed) {
    llvm::Value* const greatest = llvm::ConstantFP::get(type, 2147483647.0);
    llvm::Value* const ceiling = ir.CreateSelect(ir.CreateFCmpORD(floats, floats), greatest, zero);
    // The second operand, a NaN's zero, where the two are unordered.
    llvm::Value* const clamped = ir.CreateSelect(ir.CreateFCmpOLT(floats, ceiling), floats, ceiling);
    return f.call(llvm::Intrinsic::x86_sse2_cvttpd2dq, {}, {clamped});
  }
  // The integer part, added to 2^52, stands in the low bits of the sum.
  llvm::Value* const greatest = llvm::ConstantFP::get(type, 4294967295.0);
  llvm::Value* const magic = llvm::ConstantFP::get(type, 4503599627370496.0);
  llvm::Value* const raised = ir.CreateSelect(ir.CreateFCmpOGT(floats, zero), floats, zero);
  llvm::Value* const clamped = ir.CreateSelect(ir.CreateFCmpOLT(raised, greatest), raised, greatest);
  llvm::Value* const whole = f.call(llvm::Intrinsic::trunc, {type}, {clamped});
  llvm::Value* const bits = ir.CreateBitCast(ir.CreateFAdd(whole, magic), laneType(f, Lanes::I32x4));
  return ir.CreateShuffleVector(bits, llvm::Constant::getNullValue(bits->getType()), {0, 2, 4, 5});
}

}  // namespace

void lowerVectorConvert(FunctionContext& f, Extend extend) {
  llvm::Value* const lanes = popLanes(f, Lanes::I32x4);
  llvm::Type* const type = laneType(f, Lanes::F32x4);
  pushVector(f,
             extend == Extend::Signed ? f.ir().CreateSIToFP(lanes, type) : f.ir().CreateUIToFP(lanes, type));
}

void lowerVectorConvertLow(FunctionContext& f, Extend extend) {
  llvm::Value* const lanes = halfOf(f, popLanes(f, Lanes::I32x4), Half::Low);
  llvm::Type* const type = laneType(f, Lanes::F64x2);
  pushVector(f,
             extend == Extend::Signed ? f.ir().CreateSIToFP(lanes, type) : f.ir().CreateUIToFP(lanes, type));
}

void lowerVectorDemote(FunctionContext& f) {
  llvm::Value* const lanes = popLanes(f, Lanes::F64x2);
  pushVector(f,
             withZeros(f, f.ir().CreateFPTrunc(lanes, llvm::FixedVectorType::get(f.ir().getFloatTy(), 2))));
}

void lowerVectorPromote(FunctionContext& f) {
  llvm::Value* const lanes = halfOf(f, popLanes(f, Lanes::F32x4), Half::Low);
  pushVector(f, f.ir().CreateFPExt(lanes, laneType(f, Lanes::F64x2)));
}

void lowerVectorTruncateSat(FunctionContext& f, Extend extend) {
  llvm::Value* const floats = popLanes(f, Lanes::F32x4);
  const bool is_signed = extend == Extend::Signed;
  if (f.module().options().avx512 && !is_signed) {
    pushVector(f, truncateUnsignedAvx512(f, floats, llvm::Intrinsic::x86_avx512_mask_cvttps2udq_128));
  } else if (isX86(f)) {
    pushVector(f, is_signed ? truncateSignedX86(f, floats) : truncateUnsignedX86(f, floats));
  } else {
    const auto id = is_signed ? llvm::Intrinsic::fptosi_sat : llvm::Intrinsic::fptoui_sat;
    pushVector(f, f.call(id, {laneType(f, Lanes::I32x4), floats->getType()}, {floats}));
  }
}

void lowerVectorTruncateSatDouble(FunctionContext& f, Extend extend) {
  llvm::Value* const floats = popLanes(f, Lanes::F64x2);
  const bool is_signed = extend == Extend::Signed;
  if (f.module().options().avx512 && !is_signed) {
    return pushVector(f, truncateUnsignedAvx512(f, floats, llvm::Intrinsic::x86_avx512_mask_cvttpd2udq_128));
  }
  if (isX86(f)) return pushVector(f, truncateDoubleX86(f, floats, is_signed));
  const auto id = is_signed ? llvm::Intrinsic::fptosi_sat : llvm::Intrinsic::fptoui_sat;
  auto truncateTo = [&](llvm::Type* lanes) { return f.call(id, {lanes, floats->getType()}, {floats}); };
  llvm::Type* const half = llvm::FixedVectorType::get(f.ir().getInt32Ty(), 2);
  if (isArm64(f)) {
    // To 64 bits and from there, saturating both times: LLVM would go lane by lane.
    const auto narrow = is_signed ? llvm::Intrinsic::aarch64_neon_sqxtn : llvm::Intrinsic::aarch64_neon_uqxtn;
    llvm::Value* const wide = truncateTo(laneType(f, Lanes::I64x2));
    return pushVector(f, withZeros(f, f.call(narrow, {half}, {wide})));
  }
  pushVector(f, withZeros(f, truncateTo(half)));
}

}  // namespace wasmc::compiler
