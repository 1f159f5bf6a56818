#include "builtins.h"

#include "instance_impl.h"
#include "store_impl.h"
#include "thread_state.h"

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
    raiseTrap(TrapCode::StackExhausted);
  return instance;
}

void check(TrapCode code) {
  if (code != TrapCode::None) [[unlikely]]
    raiseTrap(code);
}

void trap(void*, uint32_t code) { raiseTrap(static_cast<TrapCode>(code)); }

uint64_t memory_grow(void* block, uint32_t memory, uint64_t delta) {
  return MemoryImpl::of(enter(block).memory(memory)).grow(delta);
}

void memory_init(void* block, uint32_t memory, uint32_t segment, uint64_t to, uint64_t from, uint64_t count) {
  check(enter(block).memoryInit(memory, segment, to, from, count));
}

void data_drop(void* block, uint32_t segment) { enter(block).dropData(segment); }

uint64_t table_grow(void* block, uint32_t table, void* init, uint64_t delta) {
  return enter(block).table(table).grow(delta, init);
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

// The loader refuses modules with shared memories, so what is left of the threads proposal is: waiting traps
// because the memory is not shared, and nobody is there to be woken.
uint32_t atomic_wait32(void*, uint32_t, uint64_t, uint32_t, uint64_t) {
  raiseTrap(TrapCode::ExpectedSharedMemory);
}

uint32_t atomic_wait64(void*, uint32_t, uint64_t, uint64_t, uint64_t) {
  raiseTrap(TrapCode::ExpectedSharedMemory);
}

uint32_t atomic_notify(void*, uint32_t, uint64_t, uint32_t) { return 0; }

}  // namespace

const abi::Builtins kBuiltins = {{
#define WASMC_BUILTIN(name, result, params, attributes) reinterpret_cast<void*>(&name),
#include <wasmc/abi/builtins.def>
}};

}  // namespace wasmc::detail
