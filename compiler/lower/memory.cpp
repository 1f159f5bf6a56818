// Linear memory.
//
// An access is base + index + offset. A 32-bit index and an offset below kGuardedOffsets stay inside the
// address space that is reserved from base, and whatever lies beyond the memory's size faults, which the
// runtime turns into a trap: nothing is checked. A 64-bit index is compared with kMemory64Limit, a constant;
// from there on the same holds. Larger offsets, bulk operations, and all accesses where the options ask for
// it, are compared with the memory's current size. That also is why the address computation is `inbounds`:
// the object is the reservation. Loads and stores are ordinary ones (finish.h says how a load whose value
// nobody needs traps nevertheless), aligned to 1, because the alignment of a wasm access is a hint.
//
// That holds for shared memories, too: threads that race on ordinary accesses get torn or stale values, as
// the standard allows. LLVM calls such a load undefined, but its passes never read twice what the code reads
// once, so a value that has been checked is the value that is used.
#include "lower/handlers.h"

namespace wasmc::compiler {
namespace {

// Bulk operations: bytes for a unit of fuel.
constexpr unsigned kBytesPerUnitLog2 = 6;

bool is64(FunctionContext& f, uint32_t memory) { return f.wasm().memories[memory].type.limits.is64; }

bool isShared(FunctionContext& f, uint32_t memory) { return f.wasm().memories[memory].type.limits.shared; }

llvm::Value* offsetBy(FunctionContext& f, llvm::Value* address, llvm::Value* bytes) {
  return f.ir().CreateGEP(f.ir().getInt8Ty(), address, bytes, "",
                          llvm::GEPNoWrapFlags::inBounds() | llvm::GEPNoWrapFlags::noUnsignedWrap());
}

llvm::Value* memorySize(FunctionContext& f, uint32_t memory) {
  llvm::Value* const header = f.memory(memory);
  if (!isShared(f, memory)) return f.load(header, fields::MemoryInstance::size);
  llvm::Value* const where = f.load(header, fields::MemoryInstance::shared_size);
  llvm::LoadInst* size = f.ir().CreateAlignedLoad(f.ir().getInt64Ty(), where, llvm::Align(8));
  size->setAtomic(llvm::AtomicOrdering::SequentiallyConsistent);
  return size;
}

// Traps unless [start, start + length) lies in the memory.
void checkRange(FunctionContext& f, uint32_t memory, llvm::Value* start, llvm::Value* length) {
  llvm::Value* const size = memorySize(f, memory);
  llvm::Value* const end = f.ir().CreateAdd(start, length);
  llvm::Value* outside = f.ir().CreateICmpUGT(end, size);
  // 32-bit operands can not wrap around in 64 bits.
  if (is64(f, memory)) outside = f.ir().CreateOr(outside, f.ir().CreateICmpULT(end, start));
  f.trapIf(outside, abi::TrapCode::MemoryOutOfBounds);
}

// Traps where the guard pages would not.
void checkAccess(FunctionContext& f, const MemArg& mem, llvm::Value* index, uint32_t size) {
  const bool guarded =
      f.module().options().bounds == BoundsChecks::Guard && mem.offset < abi::kGuardedOffsets;
  if (guarded && !is64(f, mem.memory)) return;
  if (guarded) {
    return f.trapIf(f.ir().CreateICmpUGE(index, f.i64(abi::kMemory64Limit)),
                    abi::TrapCode::MemoryOutOfBounds);
  }
  const bool offset_wraps = mem.offset + size < mem.offset;
  if (offset_wraps) return f.trapIf(f.ir().getTrue(), abi::TrapCode::MemoryOutOfBounds);
  checkRange(f, mem.memory, index, f.i64(mem.offset + size));
}

void tagAccess(FunctionContext& f, llvm::Instruction* access, uint32_t memory) {
  access->setMetadata(llvm::LLVMContext::MD_tbaa, f.module().memoryTag(memory));
}

// The type of `size` bytes in memory that stand for a value of type `type`.
llvm::Type* memoryType(FunctionContext& f, llvm::Type* type, uint32_t size) {
  return type->isIntegerTy() ? f.ir().getIntNTy(8 * size) : type;
}

llvm::Value* addressOrIndex(FunctionContext& f, uint32_t memory, llvm::Value* value) {
  return is64(f, memory) ? value : f.ir().CreateTrunc(value, f.ir().getInt32Ty());
}

}  // namespace

llvm::Value* effectiveAddress(FunctionContext& f, const MemArg& mem, uint32_t size) {
  llvm::Value* const index = f.toI64(f.pop());
  checkAccess(f, mem, index, size);
  llvm::Value* const address = offsetBy(f, f.memoryBase(mem.memory), index);
  return mem.offset ? offsetBy(f, address, f.i64(mem.offset)) : address;
}

llvm::Value* loadFromMemory(FunctionContext& f, const MemArg& mem, llvm::Type* type, uint32_t size) {
  llvm::Value* const address = effectiveAddress(f, mem, size);
  llvm::LoadInst* value = f.ir().CreateAlignedLoad(type, address, llvm::Align(1));
  tagAccess(f, value, mem.memory);
  return value;
}

void storeToMemory(FunctionContext& f, const MemArg& mem, llvm::Value* value, uint32_t size) {
  llvm::Value* const address = effectiveAddress(f, mem, size);
  tagAccess(f, f.ir().CreateAlignedStore(value, address, llvm::Align(1)), mem.memory);
}

void lowerLoad(FunctionContext& f, const Instr& i, ValType type, Extend extend) {
  const uint32_t size = opcodeMemorySize(i.op);
  llvm::Type* const result = f.lower(type);
  llvm::Value* const value = loadFromMemory(f, i.mem, memoryType(f, result, size), size);
  switch (extend) {
    case Extend::None: return f.push(value);
    case Extend::Signed: return f.push(f.ir().CreateSExt(value, result));
    case Extend::Unsigned: return f.push(f.ir().CreateZExt(value, result));
  }
}

void lowerStore(FunctionContext& f, const Instr& i) {
  const uint32_t size = opcodeMemorySize(i.op);
  llvm::Value* value = f.pop();
  if (value->getType()->isIntegerTy())
    value = f.ir().CreateTrunc(value, memoryType(f, value->getType(), size));
  storeToMemory(f, i.mem, value, size);
}

void lowerMemorySize(FunctionContext& f, const Instr& i) {
  llvm::Value* const size = memorySize(f, i.index);
  const unsigned page_log2 = f.wasm().memories[i.index].type.limits.page_size_log2;
  f.push(addressOrIndex(f, i.index, f.ir().CreateLShr(size, page_log2)));
}

void lowerMemoryGrow(FunctionContext& f, const Instr& i) {
  llvm::Value* const delta = f.toI64(f.pop());
  llvm::Value* const old = f.callBuiltin(abi::Builtin::memory_grow, {f.i32(i.index), delta});
  f.push(addressOrIndex(f, i.index, old));
}

void lowerMemoryCopy(FunctionContext& f, const Instr& i) {
  llvm::Value* const length = f.toI64(f.pop());
  llvm::Value* const source = f.toI64(f.pop());
  llvm::Value* const destination = f.toI64(f.pop());
  f.fuel().takeFor(length, kBytesPerUnitLog2);
  checkRange(f, i.index, destination, length);
  checkRange(f, i.index2, source, length);
  llvm::CallInst* copy =
      f.ir().CreateMemMove(offsetBy(f, f.memoryBase(i.index), destination), llvm::Align(1),
                           offsetBy(f, f.memoryBase(i.index2), source), llvm::Align(1), length);
  if (i.index == i.index2) tagAccess(f, copy, i.index);
}

void lowerMemoryFill(FunctionContext& f, const Instr& i) {
  llvm::Value* const length = f.toI64(f.pop());
  llvm::Value* const value = f.ir().CreateTrunc(f.pop(), f.ir().getInt8Ty());
  llvm::Value* const start = f.toI64(f.pop());
  f.fuel().takeFor(length, kBytesPerUnitLog2);
  checkRange(f, i.index, start, length);
  llvm::CallInst* fill =
      f.ir().CreateMemSet(offsetBy(f, f.memoryBase(i.index), start), value, length, llvm::Align(1));
  tagAccess(f, fill, i.index);
}

void lowerMemoryInit(FunctionContext& f, const Instr& i) {
  const auto operands = f.pop(3);
  f.fuel().takeFor(f.toI64(operands[2]), kBytesPerUnitLog2);
  f.callBuiltin(abi::Builtin::memory_init, {f.i32(i.index2), f.i32(i.index), f.toI64(operands[0]),
                                            f.toI64(operands[1]), f.toI64(operands[2])});
}

void lowerDataDrop(FunctionContext& f, const Instr& i) {
  f.callBuiltin(abi::Builtin::data_drop, {f.i32(i.index)});
}

}  // namespace wasmc::compiler
