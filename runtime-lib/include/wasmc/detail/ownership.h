// References belong to a store, and may not get into another: they would outlive what they refer to.
#ifndef WASMC_DETAIL_OWNERSHIP_H
#define WASMC_DETAIL_OWNERSHIP_H

#include <wasmc/api.h>
#include <wasmc/detail/wasm_type.h>
#include <wasmc/store.h>
#include <wasmc/types.h>

#include <tuple>
#include <type_traits>

namespace wasmc::detail {

// Whether the reference is null or belongs to the store. `raw` is a FuncRef* or ExternBox*, as `type` says.
WASMC_API bool belongsTo(StoreRef store, ValType type, const void* raw);

// Whether a C++ value is a reference of another store. Costs nothing for numbers.
template <typename T>
bool isForeign([[maybe_unused]] StoreRef store, [[maybe_unused]] const T& value) {
  if constexpr (WasmType<T>::kType.isRef())
    return !belongsTo(store, WasmType<T>::kType, WasmType<T>::toRaw(value));
  else
    return false;
}
template <typename... T>
bool isForeign(StoreRef store, const std::tuple<T...>& values) {
  return std::apply([store](const T&... value) { return (isForeign(store, value) || ...); }, values);
}

template <typename T>
inline constexpr bool kHasReferences = WasmType<T>::kType.isRef();
template <typename... T>
inline constexpr bool kHasReferences<std::tuple<T...>> = (kHasReferences<T> || ...);

}  // namespace wasmc::detail

#endif  // WASMC_DETAIL_OWNERSHIP_H
