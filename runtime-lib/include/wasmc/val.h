// Values of any WebAssembly type, for callers that do not know signatures at compile time.
#ifndef WASMC_VAL_H
#define WASMC_VAL_H

#include <wasmc/abi/types.h>
#include <wasmc/api.h>
#include <wasmc/extern_ref.h>
#include <wasmc/types.h>

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>

namespace wasmc {

class Func;

// 128 bits, lane 0 first, each lane little-endian.
struct V128 {
  std::array<uint8_t, 16> bytes = {};
  bool operator==(const V128&) const = default;
};

// A value and its type. Reading it as another type than it has gives meaningless bits, not an error: ask
// `type()`.
class Val {
 public:
  // i32 0.
  Val() : Val(int32_t{0}) {}
  Val(int32_t v) : Val(ValType::i32(), {static_cast<uint32_t>(v), 0}) {}   // NOLINT: values convert
  Val(uint32_t v) : Val(ValType::i32(), {v, 0}) {}                         // NOLINT
  Val(int64_t v) : Val(ValType::i64(), {static_cast<uint64_t>(v), 0}) {}   // NOLINT
  Val(uint64_t v) : Val(ValType::i64(), {v, 0}) {}                         // NOLINT
  Val(float v) : Val(ValType::f32(), {std::bit_cast<uint32_t>(v), 0}) {}   // NOLINT
  Val(double v) : Val(ValType::f64(), {std::bit_cast<uint64_t>(v), 0}) {}  // NOLINT
  Val(V128 v) : Val(ValType::v128(), std::bit_cast<abi::Value>(v)) {}      // NOLINT
  Val(Func func);                                                          // NOLINT: in func.h
  Val(ExternRef ref)                                                       // NOLINT
      : Val(ValType::externref(), {reinterpret_cast<uintptr_t>(ref.raw()), 0}) {}
  // The null reference of a reference type.
  static Val null(ValType type) { return Val(type, {}); }
  // From the bits as they cross the boundary. Floating-point NaNs keep their payload.
  static Val fromRaw(ValType type, abi::Value raw) { return Val(type, raw); }

  ValType type() const { return type_; }
  int32_t i32() const { return static_cast<int32_t>(raw_.lo); }
  int64_t i64() const { return static_cast<int64_t>(raw_.lo); }
  float f32() const { return std::bit_cast<float>(static_cast<uint32_t>(raw_.lo)); }
  double f64() const { return std::bit_cast<double>(raw_.lo); }
  V128 v128() const { return std::bit_cast<V128>(raw_); }
  Func func() const;  // null for a null reference; in func.h
  ExternRef externRef() const { return ExternRef::fromRaw(reinterpret_cast<void*>(raw_.lo)); }
  bool isNull() const { return type_.isRef() && raw_.lo == 0; }
  const abi::Value& raw() const { return raw_; }

  // "i32 7", "f64 1.5", "funcref null".
  WASMC_API std::string str() const;

 private:
  Val(ValType type, abi::Value raw) : type_(type), raw_(raw) {}

  ValType type_;
  abi::Value raw_;
};

}  // namespace wasmc

#endif  // WASMC_VAL_H
