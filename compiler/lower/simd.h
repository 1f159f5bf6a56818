// The handlers of the 128-bit vector instructions; simd.def says which opcode goes to which.
//
// On the operand stack a v128 is a <16 x i8>; a handler takes it as the lanes that it works on and gives it
// back. Each instruction becomes the LLVM operation that selects to the fewest machine instructions: mostly
// the generic vector operation; where LLVM's selection of that is poor, the target's own (isX86, isArm64).
#ifndef WASMC_COMPILER_LOWER_SIMD_H
#define WASMC_COMPILER_LOWER_SIMD_H

#include "lower/handlers.h"

namespace wasmc::compiler {

enum class Lanes { I8x16, I16x8, I32x4, I64x2, F32x4, F64x2 };
enum class Half { Low, High };

// Verbs of the handlers (simd_lanes.cpp).
llvm::FixedVectorType* laneType(FunctionContext& f, Lanes lanes);
llvm::Value* popLanes(FunctionContext& f, Lanes lanes);
void pushVector(FunctionContext& f, llvm::Value* vector);  // any vector of 128 bits
llvm::Value* splat(FunctionContext& f, llvm::FixedVectorType* type, llvm::Value* lane);
llvm::Value* halfOf(FunctionContext& f, llvm::Value* vector, Half half);
// The integer lanes of twice the width.
llvm::FixedVectorType* widened(llvm::FixedVectorType* half);
bool isX86(FunctionContext& f);
bool isArm64(FunctionContext& f);

// simd_lanes.cpp: constants, single lanes, shuffles.
void lowerVectorConst(FunctionContext& f, const Instr& i);
void lowerSplat(FunctionContext& f, Lanes lanes);
void lowerExtractLane(FunctionContext& f, const Instr& i, Lanes lanes, Extend extend);
void lowerReplaceLane(FunctionContext& f, const Instr& i, Lanes lanes);
void lowerShuffle(FunctionContext& f, const Instr& i);
void lowerSwizzle(FunctionContext& f);

// simd_memory.cpp
void lowerVectorLoad(FunctionContext& f, const Instr& i);
void lowerLoadExtend(FunctionContext& f, const Instr& i, Lanes from, Extend extend);
void lowerLoadSplat(FunctionContext& f, const Instr& i, Lanes lanes);
void lowerLoadZero(FunctionContext& f, const Instr& i, Lanes lanes);
void lowerLoadLane(FunctionContext& f, const Instr& i, Lanes lanes);
void lowerVectorStore(FunctionContext& f, const Instr& i);
void lowerStoreLane(FunctionContext& f, const Instr& i, Lanes lanes);

// simd_arithmetic.cpp
void lowerVectorBinary(FunctionContext& f, Lanes lanes, llvm::Instruction::BinaryOps op);
void lowerVectorBinary(FunctionContext& f, Lanes lanes, llvm::Intrinsic::ID id);
void lowerVectorUnary(FunctionContext& f, Lanes lanes, llvm::Intrinsic::ID id);
void lowerVectorNegate(FunctionContext& f, Lanes lanes);
void lowerVectorAbs(FunctionContext& f, Lanes lanes);
void lowerVectorCompare(FunctionContext& f, Lanes lanes, llvm::CmpInst::Predicate predicate);
void lowerVectorShift(FunctionContext& f, Lanes lanes, llvm::Instruction::BinaryOps op);
void lowerVectorMinMax(FunctionContext& f, Lanes lanes, llvm::Intrinsic::ID id);
void lowerPseudoMinMax(FunctionContext& f, Lanes lanes, llvm::CmpInst::Predicate replaces);
void lowerVectorNot(FunctionContext& f);
void lowerAndNot(FunctionContext& f);
void lowerBitSelect(FunctionContext& f);
void lowerAnyTrue(FunctionContext& f);
void lowerAllTrue(FunctionContext& f, Lanes lanes);
void lowerBitmask(FunctionContext& f, Lanes lanes);

// simd_widen.cpp: operations between lanes of different widths.
void lowerExtendHalf(FunctionContext& f, Lanes from, Half half, Extend extend);
void lowerExtendMultiply(FunctionContext& f, Lanes from, Half half, Extend extend);
void lowerExtendAddPairwise(FunctionContext& f, Lanes from, Extend extend);
void lowerNarrow(FunctionContext& f, Lanes from, Extend saturation);
void lowerAverage(FunctionContext& f, Lanes lanes);
void lowerQ15Multiply(FunctionContext& f);
void lowerDotProduct(FunctionContext& f);

// simd_convert.cpp
void lowerVectorConvert(FunctionContext& f, Extend extend);     // i32x4 to f32x4
void lowerVectorConvertLow(FunctionContext& f, Extend extend);  // low half of i32x4 to f64x2
void lowerVectorDemote(FunctionContext& f);
void lowerVectorPromote(FunctionContext& f);
void lowerVectorTruncateSat(FunctionContext& f, Extend extend);        // f32x4
void lowerVectorTruncateSatDouble(FunctionContext& f, Extend extend);  // f64x2, upper lanes zero

// simd_relaxed.cpp
void lowerRelaxedSwizzle(FunctionContext& f);
void lowerRelaxedTruncate(FunctionContext& f, Lanes from);  // signed
void lowerRelaxedMultiplyAdd(FunctionContext& f, Lanes lanes, bool negate);
void lowerRelaxedLaneSelect(FunctionContext& f, Lanes lanes);
void lowerRelaxedMinMax(FunctionContext& f, Lanes lanes, llvm::Intrinsic::ID id);
void lowerRelaxedQ15Multiply(FunctionContext& f);
void lowerRelaxedDotProduct(FunctionContext& f);
void lowerRelaxedDotProductAdd(FunctionContext& f);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_LOWER_SIMD_H
