// Functions: of the host, and calls.
#include "callback.h"
#include "types.h"

namespace wasmc::capi {
namespace {

// What a host function was made with; the finalizer runs when it ends.
struct Callback {
  explicit Callback(wasm_func_callback_t f) : plain(f) {}
  Callback(wasm_func_callback_with_env_t f, void* e, void (*end)(void*))
      : with_env(f), env(e), finalizer(end) {}
  Callback(const Callback&) = delete;
  Callback& operator=(const Callback&) = delete;
  ~Callback() {
    if (finalizer) finalizer(env);
  }
  wasm_trap_t* call(const wasm_val_vec_t* args, wasm_val_vec_t* results) const {
    return with_env ? with_env(env, args, results) : plain(args, results);
  }

  wasm_func_callback_t plain = nullptr;
  wasm_func_callback_with_env_t with_env = nullptr;
  void* env = nullptr;
  void (*finalizer)(void*) = nullptr;
};

wasm_func_t* makeHostFunc(wasm_store_t* store, const wasm_functype_t* type,
                          std::shared_ptr<const Callback> callback) {
  StoreBox* box = store->hold.box();  // which outlives its functions
  auto call = [box, callback = std::move(callback)](Caller&, std::span<const Val> args,
                                                    std::span<Val> results) -> Result<void> {
    return callBack(*box, args, results,
                    [&](const wasm_val_vec_t* in, wasm_val_vec_t* out) { return callback->call(in, out); });
  };
  return makeFunc(store->hold, Func::create(box->store, funcTypeOf(type), std::move(call)));
}

Result<std::vector<Val>> readArguments(StoreBox& box, const FuncType& type, const wasm_val_vec_t& args) {
  if (args.size != type.params.size())
    return error(ErrorCode::Type, "function of type " + toString(type) + " called with " +
                                      std::to_string(args.size) + " arguments");
  std::vector<Val> values;
  values.reserve(args.size);
  for (size_t i = 0; i < args.size; ++i) {
    Result<Val> value = toVal(box, args.data[i], type.params[i], "argument");
    if (!value) return std::unexpected(std::move(value).error());
    values.push_back(*value);
  }
  return values;
}

Result<void> storeResults(const StoreHold& hold, const FuncType& type, std::span<const Val> values,
                          wasm_val_vec_t& results) {
  if (results.size < values.size())
    return error(ErrorCode::Type, "function of type " + toString(type) + " called with room for " +
                                      std::to_string(results.size) + " results");
  for (ValType result : type.results)
    if (result == ValType::v128()) return std::unexpected(fromVal(hold, V128()).error());
  for (size_t i = 0; i < values.size(); ++i) results.data[i] = *fromVal(hold, values[i]);
  return {};
}

Result<void> call(const wasm_func_t* func, const wasm_val_vec_t& args, wasm_val_vec_t& results) {
  const FuncType& type = funcOf(func).type();
  const Result<std::vector<Val>> values = readArguments(*func->hold.box(), type, args);
  if (!values) return std::unexpected(values.error());
  const Result<std::vector<Val>> returned = funcOf(func).call(*values);
  if (!returned) return std::unexpected(returned.error());
  return storeResults(func->hold, type, *returned, results);
}

}  // namespace
}  // namespace wasmc::capi

using namespace wasmc::capi;

wasm_func_t* wasm_func_new(wasm_store_t* store, const wasm_functype_t* type, wasm_func_callback_t callback) {
  return makeHostFunc(store, type, std::make_shared<const Callback>(callback));
}

wasm_func_t* wasm_func_new_with_env(wasm_store_t* store, const wasm_functype_t* type,
                                    wasm_func_callback_with_env_t callback, void* env,
                                    void (*finalizer)(void*)) {
  return makeHostFunc(store, type, std::make_shared<const Callback>(callback, env, finalizer));
}

wasm_functype_t* wasm_func_type(const wasm_func_t* func) { return new wasm_functype_t(funcOf(func).type()); }
size_t wasm_func_param_arity(const wasm_func_t* func) { return funcOf(func).type().params.size(); }
size_t wasm_func_result_arity(const wasm_func_t* func) { return funcOf(func).type().results.size(); }

wasm_trap_t* wasm_func_call(const wasm_func_t* func, const wasm_val_vec_t* args, wasm_val_vec_t* results) {
  static const wasm_val_vec_t none = WASM_EMPTY_VEC;
  wasm_val_vec_t no_results = WASM_EMPTY_VEC;
  wasmc::Result<void> called = call(func, args ? *args : none, results ? *results : no_results);
  return called ? nullptr : makeTrap(std::move(called).error());
}
