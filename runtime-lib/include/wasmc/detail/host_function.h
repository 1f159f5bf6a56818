// From a C++ callable to a function that guest code can call.
//
// Guest code enters a host function at a C function, `native`, whose first argument is the ImportSlot through
// which it was called; the other arguments are the wasm parameters. One result is returned; two or more are
// stored to a trailing array. For a callable whose signature is known at compile time `native` is a template
// instance, so that nothing is boxed. For the others it is an assembly stub that collects the argument
// registers (arch_*.S).
//
// A host function that fails is finished first: its frame and all that it owns are gone when `raise` abandons
// the guest's frames, or unwinds them. What is left in `native` then is trivially destructible, and not
// noexcept: exceptions of the guest pass through it. Exceptions of C++ end the program where they leave the
// callable.
#ifndef WASMC_DETAIL_HOST_FUNCTION_H
#define WASMC_DETAIL_HOST_FUNCTION_H

#include <wasmc/abi/layout.h>
#include <wasmc/api.h>
#include <wasmc/caller.h>
#include <wasmc/detail/ownership.h>
#include <wasmc/detail/wasm_type.h>
#include <wasmc/result.h>
#include <wasmc/types.h>
#include <wasmc/val.h>

#include <functional>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>

namespace wasmc::detail {

// ImportSlot::env of a host function. Shared by the linkers and stores that use it.
struct HostFunction {
  FuncType type;
  void* native = nullptr;
  // Calls from the host: arguments from `values`, results to it. Null, or the error, which the caller owns.
  Error* (*call)(HostFunction& self, Caller& caller, abi::Value* values) = nullptr;
};
using HostFunctionPtr = std::shared_ptr<HostFunction>;
using HostCallback =
    std::function<Result<void>(Caller& caller, std::span<const Val> args, std::span<Val> results)>;

// Ends the guest's call with this error, which it takes over.
[[noreturn]] WASMC_API void raise(Error* owned);
[[noreturn]] WASMC_API void raiseTrap(TrapCode code);
// The stack pointer is below StoreHead::stack_limit: traps if there is too little stack, or if the guest has
// been interrupted; comes back if neither is true.
WASMC_API void stackLimitReached(abi::StoreHead& store);

inline void checkStack(const abi::ImportSlot* slot) {
  const auto* header = static_cast<const abi::InstanceHeader*>(slot->caller);
  if (reinterpret_cast<uintptr_t>(__builtin_frame_address(0)) < header->store->stack_limit) [[unlikely]]
    stackLimitReached(*header->store);
}

template <typename F, bool kWantsCaller, typename R, typename... A>
struct HostFunctionOf : HostFunction {
  using Out = Results<R>;

  explicit HostFunctionOf(F f) : callable(std::move(f)) {
    type = {{WasmType<A>::kType...}, Out::types()};
    if constexpr (Out::kCount > 1)
      native = reinterpret_cast<void*>(&enterMany);
    else
      native = reinterpret_cast<void*>(&enter);
    call = &callFromHost;
  }

  [[gnu::always_inline]] R apply([[maybe_unused]] Caller& caller, A... args) {
    if constexpr (kWantsCaller)
      return callable(caller, args...);
    else
      return callable(args...);
  }

  // Runs the callable and hands what it returns to `use`; the error, if it fails. Inlined: a frame less to
  // return through on the way back to the guest.
  template <typename Use>
  [[gnu::always_inline]] static Error* run(HostFunctionOf& self, Caller& caller, Use use, A... args) {
    if constexpr (!Out::kFallible && Out::kCount == 0) {
      self.apply(caller, args...);
    } else if constexpr (!Out::kFallible) {
      return handOver(self.apply(caller, args...), caller, use);
    } else {
      R result = self.apply(caller, args...);
      if (!result) return new Error(std::move(result).error());
      if constexpr (Out::kCount > 0) return handOver(*result, caller, use);
    }
    return nullptr;
  }

  template <typename Result, typename Use>
  static Error* handOver(const Result& result, [[maybe_unused]] Caller& caller, Use use) {
    if constexpr (kHasReferences<Result>) {
      if (isForeign(caller.store(), result)) [[unlikely]]
        return new Error(
            error(ErrorCode::InvalidHandle, "result of a host function: it belongs to another store")
                .error());
    }
    use(result);
    return nullptr;
  }

  static HostFunctionOf& self(abi::ImportSlot* slot) {
    return *static_cast<HostFunctionOf*>(static_cast<HostFunction*>(slot->env));
  }
  static Caller caller(abi::ImportSlot* slot) {
    return Caller(static_cast<abi::InstanceHeader*>(slot->caller));
  }

  // No result, or one.
  static auto enter(abi::ImportSlot* slot, typename WasmType<A>::Raw... args) {
    checkStack(slot);
    Caller from = caller(slot);
    if constexpr (Out::kCount == 0) {
      if (Error* failed = run(self(slot), from, [] {}, WasmType<A>::fromRaw(args)...)) raise(failed);
    } else {
      using Single = typename Out::Single;
      typename WasmType<Single>::Raw raw;
      const auto use = [&raw](const auto& result) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(result)>, Single>)
          raw = WasmType<Single>::toRaw(result);
        else
          raw = WasmType<Single>::toRaw(std::get<0>(result));
      };
      if (Error* failed = run(self(slot), from, use, WasmType<A>::fromRaw(args)...)) raise(failed);
      return raw;
    }
  }

  static void enterMany(abi::ImportSlot* slot, typename WasmType<A>::Raw... args, abi::Value* results) {
    checkStack(slot);
    Caller from = caller(slot);
    const auto use = [results](const auto& result) { Out::store(results, result); };
    if (Error* failed = run(self(slot), from, use, WasmType<A>::fromRaw(args)...)) raise(failed);
  }

  static Error* callFromHost(HostFunction& function, Caller& from, abi::Value* values) noexcept {
    return callWith(static_cast<HostFunctionOf&>(function), from, values, std::index_sequence_for<A...>());
  }
  template <size_t... I>
  static Error* callWith(HostFunctionOf& function, Caller& from, abi::Value* values,
                         std::index_sequence<I...>) {
    if constexpr (Out::kCount == 0) {
      return run(function, from, [] {}, fromValue<A>(values[I])...);
    } else {
      const auto use = [values](const auto& result) { Out::store(values, result); };
      return run(function, from, use, fromValue<A>(values[I])...);
    }
  }

  F callable;
};

// The parts of a callable's signature: function pointers, lambdas and other objects with one operator().
template <typename F>
struct CallableTraits : CallableTraits<decltype(&F::operator())> {};

template <typename R, typename... P>
struct CallableTraits<R (*)(P...)> {
  template <typename F>
  using Function = HostFunctionOf<F, false, R, std::remove_cvref_t<P>...>;
};
template <typename R, typename... P>
struct CallableTraits<R (*)(Caller&, P...)> {
  template <typename F>
  using Function = HostFunctionOf<F, true, R, std::remove_cvref_t<P>...>;
};
template <typename R, typename... P>
struct CallableTraits<R (*)(P...) noexcept> : CallableTraits<R (*)(P...)> {};
template <typename R, typename C, typename... P>
struct CallableTraits<R (C::*)(P...)> : CallableTraits<R (*)(P...)> {};
template <typename R, typename C, typename... P>
struct CallableTraits<R (C::*)(P...) const> : CallableTraits<R (*)(P...)> {};
template <typename R, typename C, typename... P>
struct CallableTraits<R (C::*)(P...) noexcept> : CallableTraits<R (*)(P...)> {};
template <typename R, typename C, typename... P>
struct CallableTraits<R (C::*)(P...) const noexcept> : CallableTraits<R (*)(P...)> {};

template <typename F>
HostFunctionPtr makeHostFunction(F callable) {
  using Function = typename CallableTraits<F>::template Function<F>;
  return std::make_shared<Function>(std::move(callable));
}

// Calls a callback where exceptions are known, if they are at all: in the host's code, not in the library's,
// which is built without them.
using HostCallbackCaller = Result<void> (*)(const HostCallback& callback, Caller& caller,
                                            std::span<const Val> args, std::span<Val> results) noexcept;
WASMC_API HostFunctionPtr makeUntypedFunction(FuncType type, HostCallback callback, HostCallbackCaller call);

inline HostFunctionPtr makeHostFunction(FuncType type, HostCallback callback) {
  const HostCallbackCaller call = [](const HostCallback& f, Caller& caller, std::span<const Val> args,
                                     std::span<Val> results) noexcept { return f(caller, args, results); };
  return makeUntypedFunction(std::move(type), std::move(callback), call);
}

}  // namespace wasmc::detail

#endif  // WASMC_DETAIL_HOST_FUNCTION_H
