// From a C++ function of WASI to a host function: its wasm type, the checks of its arguments, its trace.
//
// Each C++ parameter type stands for one or two wasm parameters:
//
//   uint32_t, Fd, enumerations, sets of flags   i32, refused with Inval if there is no such value
//   uint64_t, int64_t                           i64
//   GuestPtr<T>, GuestAddress                   i32, an address
//   GuestSpan<T>, GuestPath                     i32 i32, an address and a number of elements
//
// Pointers and spans are refused with Fault if they do not lie in linear memory.
#ifndef WASMC_WASI_BINDING_H
#define WASMC_WASI_BINDING_H

#include "wasi/functions.h"
#include "wasi/trace.h"

#include <wasmc/caller.h>
#include <wasmc/detail/host_function.h>
#include <wasmc/detail/wasm_type.h>
#include <wasmc/memory.h>
#include <wasmc/result.h>

#include <array>
#include <memory>
#include <span>
#include <tuple>
#include <utility>

namespace wasmc::wasi {

// For each parameter type T:
//   Wire                    std::tuple of its wasm parameters
//   from(memory, raw)       the argument; `raw` points to the values of its wasm parameters
template <typename T>
struct Param;

template <>
struct Param<uint32_t> {
  using Wire = std::tuple<uint32_t>;
  static Expected<uint32_t> from(const GuestMemory&, const uint64_t* raw) {
    return static_cast<uint32_t>(raw[0]);
  }
};
template <>
struct Param<uint64_t> {
  using Wire = std::tuple<uint64_t>;
  static Expected<uint64_t> from(const GuestMemory&, const uint64_t* raw) { return raw[0]; }
};
template <>
struct Param<int64_t> {
  using Wire = std::tuple<uint64_t>;
  static Expected<int64_t> from(const GuestMemory&, const uint64_t* raw) {
    return static_cast<int64_t>(raw[0]);
  }
};
template <>
struct Param<Fd> {
  using Wire = std::tuple<uint32_t>;
  static Expected<Fd> from(const GuestMemory&, const uint64_t* raw) { return static_cast<Fd>(raw[0]); }
};
template <>
struct Param<GuestAddress> {
  using Wire = std::tuple<uint32_t>;
  static Expected<GuestAddress> from(const GuestMemory&, const uint64_t* raw) {
    return GuestAddress{static_cast<uint32_t>(raw[0])};
  }
};

template <typename E>
  requires std::is_enum_v<E>
struct Param<E> {
  using Wire = std::tuple<uint32_t>;
  static Expected<E> from(const GuestMemory&, const uint64_t* raw) {
    const bool known = kIsFlagSet<E> ? (raw[0] & ~uint64_t{kLimit<E>}) == 0 : raw[0] <= kLimit<E>;
    if (!known) return fail(Errno::Inval);
    return static_cast<E>(raw[0]);
  }
};

template <typename T>
struct Param<GuestPtr<T>> {
  using Wire = std::tuple<uint32_t>;
  static Expected<GuestPtr<T>> from(const GuestMemory& memory, const uint64_t* raw) {
    const auto pointer = memory.pointer<T>(static_cast<uint32_t>(raw[0]));
    if (!pointer) return fail(Errno::Fault);
    return *pointer;
  }
};

template <typename T>
struct Param<GuestSpan<T>> {
  using Wire = std::tuple<uint32_t, uint32_t>;
  static Expected<GuestSpan<T>> from(const GuestMemory& memory, const uint64_t* raw) {
    const auto span = memory.span<T>(static_cast<uint32_t>(raw[0]), static_cast<uint32_t>(raw[1]));
    if (!span) return fail(Errno::Fault);
    return *span;
  }
};

template <>
struct Param<GuestPath> {
  using Wire = std::tuple<uint32_t, uint32_t>;
  static Expected<GuestPath> from(const GuestMemory& memory, const uint64_t* raw) {
    const Expected<GuestSpan<char>> span = Param<GuestSpan<char>>::from(memory, raw);
    if (!span) return fail(span.error());
    return GuestPath{*span};
  }
};

struct WasiFunction;

// What the guest's call of a function is answered with, where more is to be done than to call it: the store
// has no context, or the call is traced, or the host calls. `raw` are the wasm parameters, `result` is for
// the result. Null, or the error that ends the call, which the caller owns.
using CarefulCall = Error* (*)(const WasiFunction& function, const Caller& caller, const uint64_t* raw,
                               abi::Value* result);

// One row of functions.def.
struct FunctionInfo {
  int snapshots;
  const char* name;
  const char* parameters;  // names, separated by commas
  std::span<const ValType> types;
  bool returns;
  void* native;  // detail::HostFunction::native
  CarefulCall careful;
};

// The most wasm parameters that a function has.
inline constexpr size_t kMostSlots = 9;

// One class for all functions, rather than one for each callable: there are ninety of them.
struct WasiFunction : detail::HostFunction {
  WasiFunction(const FunctionInfo& row, std::shared_ptr<Context> context);

  const FunctionInfo& info;
  std::shared_ptr<Context> own;  // without one the context is that of the calling store
};

// What a function returns, as the error that ends the call, which the caller owns; null: none.
Error* failureOf(Errno error);
Error* failureOf(Exit exit);
Error* failureOf(const std::expected<Errno, Exit>& outcome);

inline uint32_t toWasm(Errno error) { return static_cast<uint32_t>(error); }
inline uint32_t toWasm(const std::expected<Errno, Exit>& outcome) { return toWasm(*outcome); }

// The calling store's; null if it has none.
Context* contextOf(const Caller& caller);
Error* noContext(const FunctionInfo& info);
// Without an exported memory every address is outside.
GuestMemory memoryOf(const Caller& caller);

template <auto kFunction>
struct Binding;

template <typename Returned, typename... P, Returned (*kFunction)(Call&, P...)>
struct Binding<kFunction> {
  using Wire = decltype(std::tuple_cat(std::declval<typename Param<P>::Wire>()...));
  static constexpr size_t kSlots = std::tuple_size_v<Wire>;
  static_assert(kSlots <= kMostSlots, "callFromHost has no room for more");

  static constexpr bool kReturns = !std::is_same_v<Returned, Exit>;

  // The wasm parameters.
  static constexpr auto kTypes = []<typename... W>(std::tuple<W...>*) {
    return std::array<ValType, sizeof...(W)>{detail::WasmType<W>::kType...};
  }(static_cast<Wire*>(nullptr));

  // Calls the function with arguments that are still the guest's numbers. Inlined, as all between guest and
  // function is: after a system call the processor no longer knows where the functions below it return to,
  // and a return that it guesses wrong takes 10 ns.
  [[gnu::always_inline]] static Returned call(Context& context, GuestMemory memory, const uint64_t* raw) {
    return callWith(context, memory, raw, std::index_sequence_for<P...>());
  }

  // What guest code calls.
  static void* native() { return nativeOf(static_cast<Wire*>(nullptr)); }

  // One copy of what is rare, however many there are of what calls it.
  [[gnu::noinline, gnu::cold]] static Error* careful(const WasiFunction& function, const Caller& caller,
                                                     const uint64_t* raw,
                                                     [[maybe_unused]] abi::Value* result) {
    Context* const context = function.own ? function.own.get() : contextOf(caller);
    if (!context) return noContext(function.info);
    const GuestMemory memory = memoryOf(caller);
    CallTrace trace(function.info.name, function.info.parameters);
    const Returned returned = call(*context, memory, raw);
    if (context->trace) {
      size_t index = 0;
      ((trace.argument<P>(memory, raw + slot(index)), ++index), ...);
      context->trace(std::move(trace).finish(returned));
    }
    Error* const failed = failureOf(returned);
    if constexpr (kReturns) {
      if (!failed) *result = {toWasm(returned), 0};
    }
    return failed;
  }

 private:
  // Position of the first wasm parameter of the C++ parameter `index`.
  static constexpr size_t slot(size_t index) {
    constexpr size_t kSizes[] = {std::tuple_size_v<typename Param<P>::Wire>..., 0};
    size_t result = 0;
    for (size_t i = 0; i < index; ++i) result += kSizes[i];
    return result;
  }

  template <size_t... I>
  [[gnu::always_inline]] static Returned callWith(Context& context, GuestMemory memory,
                                                  [[maybe_unused]] const uint64_t* raw,
                                                  std::index_sequence<I...>) {
    const std::tuple<Expected<P>...> arguments{Param<P>::from(memory, raw + slot(I))...};
    Errno error = Errno::Success;
    ((error = error != Errno::Success || std::get<I>(arguments) ? error : std::get<I>(arguments).error()),
     ...);
    if constexpr (!std::is_same_v<Returned, Exit>) {
      if (error != Errno::Success) return error;
    }
    Call call{context, memory};
    return kFunction(call, *std::get<I>(arguments)...);
  }

  template <typename... W>
  static void* nativeOf(std::tuple<W...>*) {
    return reinterpret_cast<void*>(&enter<W...>);
  }

  using Result = std::conditional_t<kReturns, detail::WasmType<uint32_t>::Raw, void>;

  template <typename... W>
  static Result enter(abi::ImportSlot* import_slot, typename detail::WasmType<W>::Raw... wire) {
    detail::checkStack(import_slot);
    const auto& function =
        *static_cast<const WasiFunction*>(static_cast<detail::HostFunction*>(import_slot->env));
    const Caller caller(static_cast<abi::InstanceHeader*>(import_slot->caller));
    const uint64_t raw[kSlots + 1] = {uint64_t{detail::WasmType<W>::fromRaw(wire)}...};
    if constexpr (std::is_same_v<Returned, Errno>) {
      Context* const context = function.own ? function.own.get() : contextOf(caller);
      if (context && !context->trace) [[likely]] {
        const Errno returned = call(*context, memoryOf(caller), raw);
        if (returned == Errno::Intr) [[unlikely]] {
          if (Error* failed = failureOf(returned)) detail::raise(failed);
        }
        return detail::WasmType<uint32_t>::toRaw(toWasm(returned));
      }
    }
    abi::Value result;
    if (Error* failed = careful(function, caller, raw, &result)) detail::raise(failed);
    if constexpr (kReturns) return detail::fromValue<int32_t>(result);
  }
};

}  // namespace wasmc::wasi

#endif  // WASMC_WASI_BINDING_H
