// Value types and trap codes as they stand in artifacts. Shared by compiler and runtime library.
#ifndef WASMC_ABI_TYPES_H
#define WASMC_ABI_TYPES_H

#include <cstdint>

namespace wasmc::abi {

// Binary codes of the value types and abstract heap types (WebAssembly 3.0, 5.3.1 to 5.3.4).
enum class TypeCode : uint8_t {
  I32 = 0x7f,
  I64 = 0x7e,
  F32 = 0x7d,
  F64 = 0x7c,
  V128 = 0x7b,
  Ref = 0x64,  // any reference type; nullability and heap type stand in their own bits
};

enum class HeapCode : uint8_t {
  Concrete = 0,  // a type of the module, named by its index
  NoExn = 0x74,
  NoFunc = 0x73,
  NoExtern = 0x72,
  None = 0x71,
  Func = 0x70,
  Extern = 0x6f,
  Any = 0x6e,
  Eq = 0x6d,
  I31 = 0x6c,
  Struct = 0x6b,
  Array = 0x6a,
  Exn = 0x69,
};

// A value type in 8 bytes. Two value types of one module are equal when all members are.
struct ValType {
  TypeCode code = TypeCode::I32;
  HeapCode heap = HeapCode::Concrete;  // of a reference; Concrete (0) for the others
  uint8_t nullable = 0;                // of a reference
  uint8_t reserved = 0;
  uint32_t index = 0;  // type index where heap is Concrete, else 0

  constexpr bool operator==(const ValType&) const = default;
  constexpr bool isRef() const { return code == TypeCode::Ref; }
  constexpr bool isFuncRef() const { return isRef() && (heap == HeapCode::Func || heap == HeapCode::NoFunc); }
  constexpr bool isExternRef() const {
    return isRef() && (heap == HeapCode::Extern || heap == HeapCode::NoExtern);
  }

  static constexpr ValType num(TypeCode c) { return {c, HeapCode::Concrete, 0, 0, 0}; }
  static constexpr ValType i32() { return num(TypeCode::I32); }
  static constexpr ValType i64() { return num(TypeCode::I64); }
  static constexpr ValType f32() { return num(TypeCode::F32); }
  static constexpr ValType f64() { return num(TypeCode::F64); }
  static constexpr ValType v128() { return num(TypeCode::V128); }
  static constexpr ValType ref(HeapCode h, bool nullable = true) {
    return {TypeCode::Ref, h, static_cast<uint8_t>(nullable), 0, 0};
  }
  static constexpr ValType funcref() { return ref(HeapCode::Func); }
  static constexpr ValType externref() { return ref(HeapCode::Extern); }
};
static_assert(sizeof(ValType) == 8, "ValType stands in artifacts");

enum class ExternKind : uint32_t { Func = 0, Table = 1, Memory = 2, Global = 3, Tag = 4 };

enum class TrapCode : uint32_t {
  None = 0,
#define WASMC_TRAP(Name, code, message) Name = code,
#include <wasmc/abi/traps.def>
};

constexpr const char* trapMessage(TrapCode code) {
  switch (code) {
    case TrapCode::None: return "no trap";
#define WASMC_TRAP(Name, value, message) \
  case TrapCode::Name: return message;
#include <wasmc/abi/traps.def>
  }
  return "unknown trap";
}

// A value as it crosses the boundary untyped: bits, little-endian, in the low bytes; upper bytes are zero.
// References are pointers (FuncRef* or the runtime's external reference), null is 0.
struct alignas(16) Value {
  uint64_t lo = 0;
  uint64_t hi = 0;
};

}  // namespace wasmc::abi

#endif  // WASMC_ABI_TYPES_H
