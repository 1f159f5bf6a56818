// Functions: of instances, and of the host.
#ifndef WASMC_FUNC_H
#define WASMC_FUNC_H

#include <wasmc/abi/layout.h>
#include <wasmc/api.h>
#include <wasmc/detail/host_function.h>
#include <wasmc/detail/wasm_type.h>
#include <wasmc/result.h>
#include <wasmc/store.h>
#include <wasmc/types.h>
#include <wasmc/val.h>

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace wasmc {

template <typename Signature>
class TypedFunc;

// What an untyped host function does: reads `args`, fills in `results` (which has one value for each result,
// initially zero or null, and whose types it keeps).
using HostCallback = detail::HostCallback;

// A handle, as cheap as a pointer; also the value of a funcref, so it may be null. Valid as long as the
// store.
class Func {
 public:
  Func() = default;
  // A host function from any callable: `[](int32_t a, int32_t b) { return a + b; }`. See linker.h for what it
  // may take and return.
  template <typename F>
  static Func wrap(StoreRef store, F callable) {
    return create(store, detail::makeHostFunction(std::move(callable)));
  }
  // A host function of a type that is known only at run time.
  static Func create(StoreRef store, FuncType type, HostCallback callback) {
    return create(store, detail::makeHostFunction(std::move(type), std::move(callback)));
  }

  // Calls the function. Wrong number or types of arguments: ErrorCode::Type. A trap: ErrorCode::Trap.
  WASMC_API Result<std::vector<Val>> call(std::span<const Val> args) const;
  Result<std::vector<Val>> call(std::initializer_list<Val> args) const {
    return call(std::span<const Val>(args.begin(), args.size()));
  }

  // The same function with a signature that the C++ compiler knows: `func.typed<int32_t(int32_t,
  // int32_t)>()`. ErrorCode::Type, with both types in the message, if it has another one.
  template <typename Signature>
  Result<TypedFunc<Signature>> typed() const;

  // The function must not be null.
  WASMC_API const FuncType& type() const;
  // From the module's name section, else the name of an export, else empty.
  WASMC_API std::string name() const;
  // The function must not be null.
  WASMC_API StoreRef store() const;

  // Equal for handles of one function, and as long as the store different for others. Handles of one function
  // can differ: an instance that exports what it imports has a handle of its own.
  WASMC_API std::pair<const void*, const void*> identity() const;

  explicit operator bool() const { return ref_; }
  bool operator==(const Func&) const = default;

  // As it crosses into guest code.
  abi::FuncRef* raw() const { return ref_; }
  static Func fromRaw(void* raw) { return Func(static_cast<abi::FuncRef*>(raw)); }

 private:
  explicit Func(abi::FuncRef* ref) : ref_(ref) {}
  WASMC_API static Func create(StoreRef store, detail::HostFunctionPtr function);

  abi::FuncRef* ref_ = nullptr;
};

inline Val::Val(Func func) : Val(ValType::funcref(), {reinterpret_cast<uintptr_t>(func.raw()), 0}) {}
inline Func Val::func() const { return Func::fromRaw(reinterpret_cast<void*>(raw_.lo)); }

namespace detail {

template <>
struct WasmType<Func> {
  static constexpr ValType kType = ValType::funcref();
  using Raw = void*;
  static Raw toRaw(Func v) { return v.raw(); }
  static Func fromRaw(Raw v) { return Func::fromRaw(v); }
};

// Calls `ref` untyped: arguments come from `values`, results are left there. Null, or the error, which the
// caller owns.
WASMC_API Error* invoke(const abi::FuncRef* ref, abi::Value* values);
std::unexpected<Error> WASMC_API takeError(Error* owned);
WASMC_API std::optional<Error> checkSignature(const abi::FuncRef* ref, const FuncType& wanted);

}  // namespace detail

template <typename R, typename... A>
class TypedFunc<R(A...)> {
 public:
  Result<R> operator()(A... args) const {
    using Out = detail::Results<R>;
    if constexpr ((detail::kHasReferences<A> || ...)) {
      if ((detail::isForeign(func_.store(), args) || ...)) [[unlikely]]
        return error(ErrorCode::InvalidHandle, "argument: it belongs to another store");
    }
    abi::Value values[std::max({sizeof...(A), Out::kCount, size_t{1}})] = {detail::toValue<A>(args)...};
    if (Error* failed = detail::invoke(func_.raw(), values)) [[unlikely]]
      return detail::takeError(failed);
    if constexpr (std::is_void_v<R>)
      return {};
    else
      return Out::load(values);
  }
  Func func() const { return func_; }

  static FuncType type() { return {{detail::WasmType<A>::kType...}, detail::Results<R>::types()}; }

 private:
  friend class Func;
  explicit TypedFunc(Func func) : func_(func) {}

  Func func_;
};

template <typename Signature>
Result<TypedFunc<Signature>> Func::typed() const {
  if (std::optional<Error> mismatch = detail::checkSignature(ref_, TypedFunc<Signature>::type()))
    return std::unexpected(std::move(*mismatch));
  return TypedFunc<Signature>(*this);
}

}  // namespace wasmc

#endif  // WASMC_FUNC_H
