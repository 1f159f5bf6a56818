#include "builtins.h"

#include "instance_impl.h"
#include "parking_lot.h"
#include "store_impl.h"
#include "thread_state.h"
#include "unwinding.h"

namespace wasmc::detail {
namespace {

// The prototypes of builtins.def: a body of another type is another function, and the declared one stays
// undefined.
using v = void;
using i = uint32_t;
using l = uint64_t;
using p = void*;
#define NORETURN [[noreturn]]
#define PLAIN
#define WASMC_BUILTIN(name, result, params, attributes) attributes result name params;
#include <wasmc/abi/builtins.def>
#undef NORETURN
#undef PLAIN

// To be called first: a builtin runs on what is left of the guest's stack.
InstanceImpl& enter(void* block) {
  InstanceImpl& instance = InstanceImpl::of(block);
  if (reinterpret_cast<uintptr_t>(__builtin_frame_address(0)) < instance.store().stack_limit) [[unlikely]]
    stackLimitReached(instance.store());
  return instance;
}

void check(TrapCode code) {
  if (code != TrapCode::None) [[unlikely]]
    raiseTrap(code);
}

// The guest does not learn why.
uint64_t oldSize(const Grown& grown) { return grown.value_or(UINT64_MAX); }

void trap(void*, uint32_t code) { raiseTrap(static_cast<TrapCode>(code)); }

uint64_t memory_grow(void* block, uint32_t memory, uint64_t delta) {
  return oldSize(MemoryImpl::of(enter(block).memory(memory)).grow(delta));
}

void memory_init(void* block, uint32_t memory, uint32_t segment, uint64_t to, uint64_t from, uint64_t count) {
  check(enter(block).memoryInit(memory, segment, to, from, count));
}

void data_drop(void* block, uint32_t segment) { enter(block).dropData(segment); }

uint64_t table_grow(void* block, uint32_t table, void* init, uint64_t delta) {
  return oldSize(enter(block).table(table).grow(delta, init));
}

void table_fill(void* block, uint32_t table, uint64_t start, void* value, uint64_t count) {
  check(enter(block).tableFill(table, start, value, count));
}

void table_copy(void* block, uint32_t to_table, uint32_t from_table, uint64_t to, uint64_t from,
                uint64_t count) {
  check(enter(block).tableCopy(to_table, from_table, to, from, count));
}

void table_init(void* block, uint32_t table, uint32_t segment, uint64_t to, uint64_t from, uint64_t count) {
  check(enter(block).tableInit(table, segment, to, from, count));
}

void elem_drop(void* block, uint32_t segment) { enter(block).dropElem(segment); }

// The bytes at an address that generated code has found aligned. Traps where they are not in the memory.
template <typename T>
const T* word(const abi::MemoryInstance& memory, uint64_t address) {
  const uint64_t size = abi::currentSize(memory);
  if (address > size || sizeof(T) > size - address) raiseTrap(TrapCode::MemoryOutOfBounds);
  return reinterpret_cast<const T*>(memory.base + address);
}

template <typename T>
uint32_t wait(void* block, uint32_t index, uint64_t address, T expected, uint64_t timeout) {
  const abi::MemoryInstance& memory = enter(block).memory(index);
  if (!memory.shared_size) raiseTrap(TrapCode::ExpectedSharedMemory);
  const std::optional<WaitResult> result =
      park(word<T>(memory, address), expected, static_cast<int64_t>(timeout));
  if (!result) raiseTrap(TrapCode::Interrupted);
  return static_cast<uint32_t>(*result);
}

uint32_t atomic_wait32(void* block, uint32_t memory, uint64_t address, uint32_t expected, uint64_t timeout) {
  return wait(block, memory, address, expected, timeout);
}

uint32_t atomic_wait64(void* block, uint32_t memory, uint64_t address, uint64_t expected, uint64_t timeout) {
  return wait(block, memory, address, expected, timeout);
}

uint32_t atomic_notify(void* block, uint32_t index, uint64_t address, uint32_t count) {
  return unpark(word<uint32_t>(enter(block).memory(index), address), count);
}

void* exception_new(void* block, void* tag) {
  InstanceImpl& instance = enter(block);
  ThrownException& exception = newException(*current_thread, *static_cast<TagImpl*>(tag));
  if (instance.store().engine.options().backtraces != Backtraces::None) {
    exception.backtrace.add(reinterpret_cast<uintptr_t>(__builtin_return_address(0)) - 1);
  }
  return &exception.guest;
}

void exception_raise(void* block, void* guest) {
  enter(block);
  ThrownException& exception = ThrownException::of(guest);
  exception.resumes = true;
  raiseException(*current_thread, exception);
}

void exception_share(void*, void* guest) { ++ThrownException::of(guest).users; }

void exception_free(void*, void* guest) {
  ThrownException& exception = ThrownException::of(guest);
  if (--exception.users == 0) freeException(*current_thread, exception);
}

}  // namespace

const abi::Builtins kBuiltins = {{
#define WASMC_BUILTIN(name, result, params, attributes) reinterpret_cast<void*>(&name),
#include <wasmc/abi/builtins.def>
}};

}  // namespace wasmc::detail
