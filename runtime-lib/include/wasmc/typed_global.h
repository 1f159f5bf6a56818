// Global variables whose type the C++ compiler knows.
#ifndef WASMC_TYPED_GLOBAL_H
#define WASMC_TYPED_GLOBAL_H

#include <wasmc/func.h>
#include <wasmc/global.h>
#include <wasmc/result.h>

#include <type_traits>

namespace wasmc {

// A small handle, valid as long as the store. `T` as in the signatures of functions, and const for an
// immutable global: `TypedGlobal<const int32_t>`.
template <typename T>
class TypedGlobal {
  using Value = std::remove_const_t<T>;

 public:
  // `TypedGlobal<int32_t>::of(instance.global("counter"))`. The error, if there is no global;
  // ErrorCode::Type, with both types, if it has another type.
  static Result<TypedGlobal> of(const Result<Global>& global) {
    if (!global) return std::unexpected(global.error());
    const GlobalType wanted = {detail::WasmType<Value>::kType, !std::is_const_v<T>};
    if (global->type() == wanted) return TypedGlobal(*global);
    return error(ErrorCode::Type,
                 toString(ExternType(global->type())) + " taken for " + toString(ExternType(wanted)));
  }

  Value get() const { return detail::fromValue<Value>(*global_.raw()); }
  // ErrorCode::InvalidHandle if the value is a reference of another store.
  Result<void> set(Value value) const
    requires(!std::is_const_v<T>)
  {
    if constexpr (detail::kHasReferences<Value>) {
      if (detail::isForeign(global_.store(), value)) [[unlikely]]
        return error(ErrorCode::InvalidHandle, "value of a global: it belongs to another store");
    }
    *global_.raw() = detail::toValue<Value>(value);
    return {};
  }
  const Global& global() const { return global_; }

 private:
  explicit TypedGlobal(const Global& global) : global_(global) {}

  Global global_;
};

}  // namespace wasmc

#endif  // WASMC_TYPED_GLOBAL_H
