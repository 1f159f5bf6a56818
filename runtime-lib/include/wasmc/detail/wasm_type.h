// C++ types that stand for WebAssembly types in the signatures of typed functions.
#ifndef WASMC_DETAIL_WASM_TYPE_H
#define WASMC_DETAIL_WASM_TYPE_H

#include <wasmc/abi/layout.h>
#include <wasmc/extern_ref.h>
#include <wasmc/result.h>
#include <wasmc/types.h>
#include <wasmc/val.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <tuple>
#include <type_traits>

namespace wasmc::detail {

using Vector128 = uint8_t __attribute__((vector_size(16)));

// For each such type T:
//   kType                 the wasm type
//   Raw                   how it passes in the C convention
//   toRaw, fromRaw        conversions
template <typename T>
struct WasmType {
  static_assert(
      sizeof(T) == 0,
      "not a WebAssembly type: use int32_t, uint32_t, int64_t, uint64_t, float, double, wasmc::V128, "
      "wasmc::Func or wasmc::ExternRef");
};

template <typename T, typename R>
struct NumericType {
  using Raw = R;
  static Raw toRaw(T v) { return static_cast<Raw>(v); }
  static T fromRaw(Raw v) { return static_cast<T>(v); }
};

template <>
struct WasmType<int32_t> : NumericType<int32_t, int32_t> {
  static constexpr ValType kType = ValType::i32();
};
template <>
struct WasmType<uint32_t> : NumericType<uint32_t, int32_t> {
  static constexpr ValType kType = ValType::i32();
};
template <>
struct WasmType<int64_t> : NumericType<int64_t, int64_t> {
  static constexpr ValType kType = ValType::i64();
};
template <>
struct WasmType<uint64_t> : NumericType<uint64_t, int64_t> {
  static constexpr ValType kType = ValType::i64();
};
template <>
struct WasmType<float> : NumericType<float, float> {
  static constexpr ValType kType = ValType::f32();
};
template <>
struct WasmType<double> : NumericType<double, double> {
  static constexpr ValType kType = ValType::f64();
};
template <>
struct WasmType<V128> {
  static constexpr ValType kType = ValType::v128();
  using Raw = Vector128;
  static Raw toRaw(V128 v) { return std::bit_cast<Raw>(v); }
  static V128 fromRaw(Raw v) { return std::bit_cast<V128>(v); }
};
template <>
struct WasmType<ExternRef> {
  static constexpr ValType kType = ValType::externref();
  using Raw = void*;
  static Raw toRaw(ExternRef v) { return v.raw(); }
  static ExternRef fromRaw(Raw v) { return ExternRef::fromRaw(v); }
};

// To and from the slots of untyped calls.
template <typename T>
abi::Value toValue(T v) {
  const typename WasmType<T>::Raw raw = WasmType<T>::toRaw(v);
  abi::Value value;
  std::memcpy(static_cast<void*>(&value), static_cast<const void*>(&raw), sizeof raw);
  return value;
}

template <typename T>
T fromValue(const abi::Value& value) {
  typename WasmType<T>::Raw raw;
  std::memcpy(static_cast<void*>(&raw), &value, sizeof raw);
  return WasmType<T>::fromRaw(raw);
}

// A C++ result type as a list of wasm results: void, T, std::tuple<T…>, or Result<> of one of these.
template <typename R>
struct Results {
  static constexpr bool kFallible = false;
  static constexpr size_t kCount = 1;
  using Single = R;
  static std::vector<ValType> types() { return {WasmType<R>::kType}; }
  static R load(const abi::Value* values) { return fromValue<R>(values[0]); }
  static void store(abi::Value* values, const R& result) { values[0] = toValue<R>(result); }
};

template <>
struct Results<void> {
  static constexpr bool kFallible = false;
  static constexpr size_t kCount = 0;
  static std::vector<ValType> types() { return {}; }
};

template <typename... T>
struct Results<std::tuple<T...>> {
  static constexpr bool kFallible = false;
  static constexpr size_t kCount = sizeof...(T);
  using Single = std::tuple_element_t<0, std::tuple<T..., int32_t>>;
  static std::vector<ValType> types() { return {WasmType<T>::kType...}; }
  static std::tuple<T...> load(const abi::Value* values) {
    return load(values, std::index_sequence_for<T...>());
  }
  static void store(abi::Value* values, const std::tuple<T...>& result) {
    store(values, result, std::index_sequence_for<T...>());
  }

 private:
  template <size_t... I>
  static std::tuple<T...> load([[maybe_unused]] const abi::Value* values, std::index_sequence<I...>) {
    return {fromValue<T>(values[I])...};
  }
  template <size_t... I>
  static void store([[maybe_unused]] abi::Value* values, [[maybe_unused]] const std::tuple<T...>& result,
                    std::index_sequence<I...>) {
    ((values[I] = toValue<T>(std::get<I>(result))), ...);
  }
};

template <typename R>
struct Results<Result<R>> : Results<R> {
  static constexpr bool kFallible = true;
};

}  // namespace wasmc::detail

#endif  // WASMC_DETAIL_WASM_TYPE_H
