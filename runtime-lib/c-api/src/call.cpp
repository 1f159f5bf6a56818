// wasmc_call: the arguments and results of a call in one array of the caller's.
#include <wasmc.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "objects.h"

namespace wasmc::capi {
namespace {

abi::Value toRaw(ValType type, const wasmc_value_t& value) {
  if (type == ValType::i32() || type == ValType::f32()) return {static_cast<uint32_t>(value.i32), 0};
  abi::Value raw;
  std::memcpy(static_cast<void*>(&raw), &value, type == ValType::v128() ? 16 : 8);
  return raw;
}

wasmc_value_t fromRaw(const abi::Value& raw) {
  wasmc_value_t value;
  static_assert(sizeof value == sizeof raw, "values stand in 16 bytes on both sides");
  std::memcpy(&value, &raw, sizeof value);
  return value;
}

Result<void> check(const FuncType& type, size_t count) {
  const size_t needed = std::max(type.params.size(), type.results.size());
  if (count < needed)
    return error(ErrorCode::Type, "function of type " + toString(type) + " called with room for " +
                                      std::to_string(count) + " values, it needs " + std::to_string(needed));
  for (const std::vector<ValType>* list : {&type.params, &type.results})
    if (std::ranges::any_of(*list, [](ValType t) { return t.isRef(); }))
      return error(ErrorCode::Unsupported,
                   "function of type " + toString(type) + " has references: use wasm_func_call");
  return {};
}

Result<void> call(const Func& func, wasmc_value_t* values, size_t count) {
  const FuncType& type = func.type();
  if (Result<void> checked = check(type, count); !checked) return checked;
  // Most functions need few values: no allocation for these.
  std::array<abi::Value, 8> few;
  std::vector<abi::Value> many;
  const size_t needed = std::max({type.params.size(), type.results.size(), size_t{1}});
  if (needed > few.size()) many.resize(needed);
  abi::Value* raw = needed > few.size() ? many.data() : few.data();
  for (size_t i = 0; i < type.params.size(); ++i) raw[i] = toRaw(type.params[i], values[i]);
  if (Error* failed = wasmc::detail::invoke(func.raw(), raw)) return wasmc::detail::takeError(failed);
  for (size_t i = 0; i < type.results.size(); ++i) values[i] = fromRaw(raw[i]);
  return {};
}

}  // namespace
}  // namespace wasmc::capi

using namespace wasmc::capi;

wasmc_error_code_t wasmc_call(const wasm_func_t* func, wasmc_value_t* values, size_t count,
                              wasm_trap_t** trap) {
  if (trap) *trap = nullptr;
  wasmc::Result<void> called = call(funcOf(func), values, count);
  if (called) return WASMC_OK;
  const auto code = static_cast<wasmc_error_code_t>(called.error().code);
  fail(std::move(called).error(), trap);
  return code;
}
