#include "callback.h"

#include "types.h"

namespace wasmc::capi {
namespace {

// Values that are deleted with it.
class OwnedValues {
 public:
  explicit OwnedValues(size_t count) { wasm_val_vec_new_uninitialized(&vector_, count); }
  OwnedValues(const OwnedValues&) = delete;
  OwnedValues& operator=(const OwnedValues&) = delete;
  ~OwnedValues() { wasm_val_vec_delete(&vector_); }
  wasm_val_vec_t* get() { return &vector_; }
  wasm_val_t& operator[](size_t i) { return vector_.data[i]; }

 private:
  wasm_val_vec_t vector_;
};

}  // namespace

Result<void> callBack(StoreBox& box, std::span<const Val> args, std::span<Val> results,
                      const std::function<wasm_trap_t*(const wasm_val_vec_t*, wasm_val_vec_t*)>& callback) {
  // The store is in a call, so it is held.
  const StoreHold hold(&box);
  OwnedValues in(args.size());
  OwnedValues out(results.size());
  for (size_t i = 0; i < args.size(); ++i) {
    Result<wasm_val_t> arg = fromVal(hold, args[i]);
    if (!arg) return std::unexpected(std::move(arg).error());
    in[i] = *arg;
  }
  for (size_t i = 0; i < results.size(); ++i) out[i].kind = kindOf(results[i].type());
  if (wasm_trap_t* trap = callback(in.get(), out.get())) {
    const std::unique_ptr<wasm_trap_t> owned(trap);
    return std::unexpected(errorOf(trap));
  }
  for (size_t i = 0; i < results.size(); ++i) {
    Result<Val> result = toVal(box, out[i], results[i].type(), "result of a host function");
    if (!result) return std::unexpected(std::move(result).error());
    results[i] = *result;
  }
  return {};
}

}  // namespace wasmc::capi
