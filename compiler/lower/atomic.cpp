// Atomic accesses, waiting and waking.
//
// All of them are sequentially consistent. An address that is not aligned to the access traps, before it is
// asked whether it lies in the memory. What the address computation does for ordinary accesses (memory.cpp)
// holds here as well: a faulting atomic instruction is a trap. Waiting is the runtime's business.
#include "lower/handlers.h"

namespace wasmc::compiler {
namespace {

constexpr llvm::AtomicOrdering kOrdering = llvm::AtomicOrdering::SequentiallyConsistent;

// Traps unless index + offset, with the index on top of the stack, is a multiple of `size`.
void checkAlignment(FunctionContext& f, const MemArg& mem, uint32_t size) {
  if (size == 1) return;
  const uint64_t low_bits = size - 1;
  llvm::Value* index = f.top(1)[0];
  llvm::Type* const type = index->getType();
  if (mem.offset & low_bits)
    index = f.ir().CreateAdd(index, llvm::ConstantInt::get(type, mem.offset & low_bits));
  f.trapIf(f.ir().CreateIsNotNull(f.ir().CreateAnd(index, llvm::ConstantInt::get(type, low_bits))),
           abi::TrapCode::UnalignedAtomic);
}

llvm::Value* atomicAddress(FunctionContext& f, const Instr& i) {
  checkAlignment(f, i.mem, opcodeMemorySize(i.op));
  return effectiveAddress(f, i.mem, opcodeMemorySize(i.op));
}

llvm::IntegerType* accessType(FunctionContext& f, const Instr& i) {
  return f.ir().getIntNTy(8 * opcodeMemorySize(i.op));
}

llvm::Align accessAlign(const Instr& i) { return llvm::Align(opcodeMemorySize(i.op)); }

// index + offset, for the runtime: it checks the bounds, but can not tell whether the sum wrapped around.
llvm::Value* waitAddress(FunctionContext& f, const Instr& i) {
  checkAlignment(f, i.mem, opcodeMemorySize(i.op));
  llvm::Value* const index = f.toI64(f.pop());
  llvm::Value* const address = f.ir().CreateAdd(index, f.i64(i.mem.offset));
  f.trapIf(f.ir().CreateICmpULT(address, index), abi::TrapCode::MemoryOutOfBounds);
  return address;
}

}  // namespace

void lowerAtomicLoad(FunctionContext& f, const Instr& i, ValType type) {
  llvm::LoadInst* value = f.ir().CreateAlignedLoad(accessType(f, i), atomicAddress(f, i), accessAlign(i));
  value->setAtomic(kOrdering);
  f.push(f.ir().CreateZExt(value, f.lower(type)));
}

void lowerAtomicStore(FunctionContext& f, const Instr& i) {
  llvm::Value* const value = f.ir().CreateTrunc(f.pop(), accessType(f, i));
  f.ir().CreateAlignedStore(value, atomicAddress(f, i), accessAlign(i))->setAtomic(kOrdering);
}

void lowerAtomicRmw(FunctionContext& f, const Instr& i, llvm::AtomicRMWInst::BinOp op) {
  llvm::Value* const operand = f.pop();
  llvm::Value* const narrow = f.ir().CreateTrunc(operand, accessType(f, i));
  llvm::AtomicRMWInst* old =
      f.ir().CreateAtomicRMW(op, atomicAddress(f, i), narrow, accessAlign(i), kOrdering);
  // Or LLVM makes a fence of one that changes nothing and whose result is dropped, which must trap, too.
  old->setVolatile(true);
  f.push(f.ir().CreateZExt(old, operand->getType()));
}

// A narrow access compares as many bits as it loads.
void lowerAtomicCmpxchg(FunctionContext& f, const Instr& i) {
  llvm::Value* const replacement = f.ir().CreateTrunc(f.pop(), accessType(f, i));
  llvm::Value* const expected = f.pop();
  llvm::Value* const narrow = f.ir().CreateTrunc(expected, accessType(f, i));
  llvm::Value* const both = f.ir().CreateAtomicCmpXchg(atomicAddress(f, i), narrow, replacement,
                                                       accessAlign(i), kOrdering, kOrdering);
  f.push(f.ir().CreateZExt(f.ir().CreateExtractValue(both, 0), expected->getType()));
}

void lowerAtomicFence(FunctionContext& f) { f.ir().CreateFence(kOrdering); }

void lowerAtomicWait(FunctionContext& f, const Instr& i, abi::Builtin builtin) {
  llvm::Value* const timeout = f.pop();
  llvm::Value* const expected = f.pop();
  llvm::Value* const address = waitAddress(f, i);
  f.push(f.callBuiltin(builtin, {f.i32(i.mem.memory), address, expected, timeout}));
}

void lowerAtomicNotify(FunctionContext& f, const Instr& i) {
  llvm::Value* const count = f.pop();
  llvm::Value* const address = waitAddress(f, i);
  f.push(f.callBuiltin(abi::Builtin::atomic_notify, {f.i32(i.mem.memory), address, count}));
}

}  // namespace wasmc::compiler
