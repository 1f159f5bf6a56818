// What generated code and the runtime library agree on in memory, and how functions are called.
//
// Calling convention ("wasm convention"): the platform's C convention, as LLVM's ccc. The first argument is
// the context: the callee's instance for a wasm function, the ImportSlot for a host function. Then the wasm
// parameters in order, i32 i64 f32 f64 and <16 x i8> for v128, references as pointers. No result: void. One:
// the value. Two: a literal struct of both. Three or more: void, and the last argument is a pointer to the
// caller's abi::Value array which the callee fills.
//
// So a type with at most one result is a C function type, and the compiler sets `native_compatible` on it: a
// host function of such a type is entered directly. For the others, and for those where the registers and
// stack slots of LLVM's and C's types might differ, the artifact contains an adapter (wasm convention -> C
// convention), which passes two or more results through a trailing pointer to abi::Value.
#ifndef WASMC_ABI_LAYOUT_H
#define WASMC_ABI_LAYOUT_H

#include <wasmc/abi/types.h>

#include <cstddef>
#include <cstdint>

namespace wasmc::abi {

#define WASMC_STRUCT(Struct) struct Struct {
#define WASMC_FIELD(Struct, type, name, access) type name;
#define WASMC_END(Struct) \
  }                       \
  ;
#include <wasmc/abi/fields.def>

static_assert(sizeof(TableEntry) == 32, "table indexing shifts by 5");
static_assert(sizeof(Exception) % alignof(Value) == 0, "the values of an exception follow it");

// The pointer table that InstanceHeader::builtins points to.
enum class Builtin : uint32_t {
#define WASMC_BUILTIN(name, result, params, attributes) name,
#include <wasmc/abi/builtins.def>
  Count
};

// Elements behind InstanceHeader::tail_arguments: what does not fit in registers of the 1,000 parameters that
// a function may have, and the results pointer.
inline constexpr uint64_t kTailArguments = 1001;

struct Builtins {
  void* entries[static_cast<size_t>(Builtin::Count)];
};

// Untyped entry of a function: reads its arguments from `values`, calls `code(context, ...)`, and writes the
// results to `values` from the start. Plain C convention. `values` has max(params, results, 1) elements.
using ArrayCall = void (*)(void* code, void* context, Value* values);

// C library functions that LLVM may call on its own. The artifact reaches them through its LibCalls variable,
// which the loader fills in, so that it has no undefined symbols.
struct LibCalls {
  void* (*memcpy)(void*, const void*, size_t);
  void* (*memmove)(void*, const void*, size_t);
  void* (*memset)(void*, int, size_t);
  void* personality;  // _Unwind_Personality_Fn of code that catches exceptions
};

// Where everything lies behind the InstanceHeader. Both sides compute it from the same counts.
struct InstanceCounts {
  uint32_t imported_functions = 0;
  uint32_t imported_tables = 0;
  uint32_t imported_memories = 0;
  uint32_t imported_globals = 0;
  uint32_t imported_tags = 0;
  uint32_t types = 0;  // canonical type ids
  uint32_t defined_tables = 0;
  uint32_t defined_memories = 0;
  uint32_t defined_globals = 0;
  uint32_t defined_tags = 0;
  uint32_t func_refs = 0;  // defined functions whose reference can be taken
  uint32_t reserved = 0;
};

class InstanceLayout {
 public:
  constexpr explicit InstanceLayout(const InstanceCounts& c) : counts_(c) {
    uint64_t at = sizeof(InstanceHeader);
    defined_memories_ = place(at, 8, sizeof(MemoryInstance), c.defined_memories);
    defined_tables_ = place(at, 8, sizeof(TableInstance), c.defined_tables);
    imported_memories_ = place(at, 8, sizeof(void*), c.imported_memories);
    imported_tables_ = place(at, 8, sizeof(void*), c.imported_tables);
    imported_globals_ = place(at, 8, sizeof(void*), c.imported_globals);
    tags_ = place(at, 8, sizeof(void*), uint64_t{c.imported_tags} + c.defined_tags);
    globals_ = place(at, 16, sizeof(Value), c.defined_globals);
    imports_ = place(at, 8, sizeof(ImportSlot), c.imported_functions);
    type_ids_ = place(at, 4, sizeof(uint32_t), c.types);
    func_refs_ = place(at, 8, sizeof(FuncRef), c.func_refs);
    size_ = (at + 15) & ~uint64_t{15};
  }

  // Offsets from the instance pointer, in bytes. Indices count within their own group: the i-th defined
  // memory, not memory index i.
  constexpr uint64_t definedMemory(uint32_t i) const {
    return defined_memories_ + sizeof(MemoryInstance) * i;
  }
  constexpr uint64_t definedTable(uint32_t i) const { return defined_tables_ + sizeof(TableInstance) * i; }
  constexpr uint64_t definedGlobal(uint32_t i) const { return globals_ + sizeof(Value) * uint64_t{i}; }
  constexpr uint64_t importedMemory(uint32_t i) const {
    return imported_memories_ + 8 * uint64_t{i};
  }  // MemoryInstance*
  constexpr uint64_t importedTable(uint32_t i) const {
    return imported_tables_ + 8 * uint64_t{i};
  }  // TableInstance*
  constexpr uint64_t importedGlobal(uint32_t i) const {
    return imported_globals_ + 8 * uint64_t{i};
  }  // Value*
  constexpr uint64_t tag(uint32_t tag_index) const {
    return tags_ + 8 * uint64_t{tag_index};
  }  // identity of the tag
  constexpr uint64_t import(uint32_t i) const { return imports_ + sizeof(ImportSlot) * uint64_t{i}; }
  constexpr uint64_t typeId(uint32_t type_index) const { return type_ids_ + 4 * uint64_t{type_index}; }
  constexpr uint64_t funcRef(uint32_t i) const { return func_refs_ + sizeof(FuncRef) * uint64_t{i}; }
  constexpr uint64_t size() const { return size_; }
  constexpr const InstanceCounts& counts() const { return counts_; }

 private:
  static constexpr uint64_t place(uint64_t& at, uint64_t align, uint64_t size, uint64_t count) {
    const uint64_t start = (at + align - 1) & ~(align - 1);
    at = start + size * count;
    return start;
  }

  InstanceCounts counts_;
  uint64_t defined_memories_ = 0, defined_tables_ = 0, imported_memories_ = 0, imported_tables_ = 0;
  uint64_t imported_globals_ = 0, tags_ = 0, globals_ = 0, imports_ = 0, type_ids_ = 0, func_refs_ = 0,
           size_ = 0;
};

// The stack frame of a function that checks the stack itself is at most this large.
inline constexpr uint64_t kLargestFrame = 64 * 1024;

inline constexpr uint64_t kPageSize = 0x10000;

// What generated code leaves to the guard pages: an access whose offset is below this has no check of its
// size against the memory's.
inline constexpr uint64_t kGuardedOffsets = uint64_t{1} << 32;
// A memory with 64-bit addresses has at most this many bytes. Generated code compares each index with it, a
// constant, so that one check holds for all offsets, and after calls that let the memory grow.
inline constexpr uint64_t kMemory64Limit = uint64_t{1} << 36;

// Address space that a memory reserves: any index that gets this far, plus any guarded offset, plus the
// widest access (16 bytes, rounded up to a guard of 64 KiB) stays inside.
constexpr uint64_t reservationSize(bool is64) {
  return (is64 ? kMemory64Limit : uint64_t{1} << 32) + kGuardedOffsets + 0x10000;
}

// The current size in bytes. Safe while other threads let a shared memory grow.
inline uint64_t currentSize(const MemoryInstance& memory) {
  return memory.shared_size ? __atomic_load_n(memory.shared_size, __ATOMIC_SEQ_CST) : memory.size;
}

}  // namespace wasmc::abi

#endif  // WASMC_ABI_LAYOUT_H
