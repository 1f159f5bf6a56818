// wasmc_call: the arguments and results of a call in one array of the caller's.
#include <wasmc.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "objects.h"
#include "values.h"

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

bool isRef(ValType type) { return type.isRef(); }

// References have to be looked at one by one: whose they are, and what handle they get.
Result<void> callWithReferences(const StoreHold& hold, const Func& func, wasmc_value_t* values) {
  const FuncType& type = func.type();
  std::vector<Val> args;
  for (size_t i = 0; i < type.params.size(); ++i) {
    Result<Val> arg = isRef(type.params[i]) ? toVal(*hold.box(), values[i].ref, type.params[i], "argument")
                                            : Val::fromRaw(type.params[i], toRaw(type.params[i], values[i]));
    if (!arg) return std::unexpected(std::move(arg).error());
    args.push_back(*arg);
  }
  const Result<std::vector<Val>> results = func.call(args);
  if (!results) return std::unexpected(results.error());
  for (size_t i = 0; i < results->size(); ++i) {
    const Val& result = (*results)[i];
    values[i] = fromRaw(result.raw());
    if (result.type().isRef()) values[i].ref = refOf(hold, result);
  }
  return {};
}

Result<void> call(const StoreHold& hold, const Func& func, wasmc_value_t* values, size_t count) {
  const FuncType& type = func.type();
  const size_t needed = std::max({type.params.size(), type.results.size(), size_t{1}});
  if (count < std::max(type.params.size(), type.results.size()))
    return error(ErrorCode::Type, "function of type " + toString(type) + " called with room for " +
                                      std::to_string(count) + " values, it needs " + std::to_string(needed));
  if (std::ranges::any_of(type.params, isRef) || std::ranges::any_of(type.results, isRef))
    return callWithReferences(hold, func, values);
  // Most functions need few values: no allocation for these.
  std::array<abi::Value, 8> few;
  std::vector<abi::Value> many;
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
  wasmc::Result<void> called = call(func->hold, funcOf(func), values, count);
  if (called) return WASMC_OK;
  const auto code = static_cast<wasmc_error_code_t>(called.error().code);
  fail(std::move(called).error(), trap);
  return code;
}
