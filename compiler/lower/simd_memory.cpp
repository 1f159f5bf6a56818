#include "lower/simd.h"

namespace wasmc::compiler {
namespace {

llvm::Value* loadAs(FunctionContext& f, const Instr& i, llvm::Type* type) {
  return loadFromMemory(f, i.mem, type, opcodeMemorySize(i.op));
}

}  // namespace

void lowerVectorLoad(FunctionContext& f, const Instr& i) { f.push(loadAs(f, i, laneType(f, Lanes::I8x16))); }

void lowerLoadExtend(FunctionContext& f, const Instr& i, Lanes from, Extend extend) {
  llvm::FixedVectorType* const narrow = llvm::FixedVectorType::getHalfElementsVectorType(laneType(f, from));
  llvm::Value* const half = loadAs(f, i, narrow);
  pushVector(f, extend == Extend::Signed ? f.ir().CreateSExt(half, widened(narrow))
                                         : f.ir().CreateZExt(half, widened(narrow)));
}

void lowerLoadSplat(FunctionContext& f, const Instr& i, Lanes lanes) {
  llvm::FixedVectorType* type = laneType(f, lanes);
  pushVector(f, splat(f, type, loadAs(f, i, type->getElementType())));
}

void lowerLoadZero(FunctionContext& f, const Instr& i, Lanes lanes) {
  llvm::FixedVectorType* type = laneType(f, lanes);
  llvm::Value* const lane = loadAs(f, i, type->getElementType());
  pushVector(f, f.ir().CreateInsertElement(llvm::Constant::getNullValue(type), lane, uint64_t{0}));
}

void lowerLoadLane(FunctionContext& f, const Instr& i, Lanes lanes) {
  llvm::Value* const vector = popLanes(f, lanes);
  llvm::Value* const lane = loadAs(f, i, laneType(f, lanes)->getElementType());
  pushVector(f, f.ir().CreateInsertElement(vector, lane, i.lane));
}

void lowerVectorStore(FunctionContext& f, const Instr& i) {
  llvm::Value* const vector = f.pop();
  storeToMemory(f, i.mem, vector, opcodeMemorySize(i.op));
}

void lowerStoreLane(FunctionContext& f, const Instr& i, Lanes lanes) {
  llvm::Value* const lane = f.ir().CreateExtractElement(popLanes(f, lanes), i.lane);
  storeToMemory(f, i.mem, lane, opcodeMemorySize(i.op));
}

}  // namespace wasmc::compiler
