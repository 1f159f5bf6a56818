// Stores own everything that exists at run time: instances, memories, tables, globals, host objects.
#ifndef WASMC_STORE_H
#define WASMC_STORE_H

#include <wasmc/api.h>
#include <wasmc/detail/type_tag.h>
#include <wasmc/engine.h>
#include <wasmc/interrupt.h>
#include <wasmc/result.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace wasmc {

namespace detail {
class StoreImpl;
WASMC_API void* findStoreData(StoreImpl* store, const void* type);
WASMC_API void setStoreData(StoreImpl* store, const void* type, void* data, void (*destroy)(void*));
}  // namespace detail

// A memory or table that is about to be made, or to grow.
struct Growth {
  enum class Kind { Memory, Table };
  Kind kind;
  // Bytes of a memory, elements of a table.
  uint64_t current;  // 0 where it is being made
  uint64_t desired;
  uint64_t maximum;  // what its type allows
};

// Decides on growth: `[](const Growth& growth) { return growth.desired <= 1 << 20; }`. Called on the thread
// that uses the store, after all other limits were found to allow it. Must not use the store, and not throw:
// an exception that leaves it ends the process.
class GrowthCallback {
 public:
  GrowthCallback() = default;  // allows everything
  template <typename F>
    requires std::is_invocable_r_v<bool, F&, const Growth&>
  GrowthCallback(F decide)  // NOLINT(google-explicit-constructor): a callable is accepted as one
      : decide_([decide = std::move(decide)](const Growth& growth) mutable noexcept -> bool {
          return decide(growth);
        }) {}

  bool allows(const Growth& growth) const { return !decide_ || decide_(growth); }

 private:
  std::function<bool(const Growth&)> decide_;
};

// What guest code of one store may use in total. Reaching a limit makes `memory.grow` and `table.grow` answer
// -1 to the guest. What the host asks for (instances, growth) fails with ErrorCode::Limit and the limit's
// name.
struct StoreLimits {
  uint64_t memory_bytes = UINT64_MAX;    // over all linear memories that the store made
  uint64_t table_elements = 10'000'000;  // over all tables that the store made
  uint64_t instances = UINT64_MAX;       // made, whether or not their start functions failed
  // Of the stack below the host's call: reaching it traps with "call stack exhausted". It is found by host
  // functions and builtins that are called, and by each function that is called if the artifact checks its
  // stack explicitly; one that relies on guard pages recurses to the end of the thread's stack.
  uint64_t stack_bytes = UINT64_MAX;
  // Asked about each memory and table of the store, but for the growth of shared memories.
  GrowthCallback growth = {};
};

// Points to a store without owning it. This is what functions take that need one.
class StoreRef {
 public:
  explicit StoreRef(detail::StoreImpl* impl) : impl_(impl) {}

  // Host data that belongs to the store, at most one object of each type. Null if there is none.
  template <typename T>
  T* data() const {
    return static_cast<T*>(detail::findStoreData(impl_, &detail::TypeTag<T>::tag));
  }
  // Replaces the object of type T. The store destroys it with itself, after everything that guest code can
  // reach.
  template <typename T>
  T& setData(T object) const {
    auto owned = std::make_unique<T>(std::move(object));
    T& result = *owned;
    detail::setStoreData(impl_, &detail::TypeTag<T>::tag, owned.get(),
                         [](void* p) { delete static_cast<T*>(p); });
    owned.release();
    return result;
  }

  // For other threads, which with it end the calls into the store's guest code.
  WASMC_API InterruptHandle interruptHandle() const;
  // Takes back an interruption that no call has met yet: before the store begins to work for somebody else.
  WASMC_API void clearInterrupt() const;
  // All calls into the store's guest code end at this time at the latest, with ErrorCode::Interrupted; those
  // that begin later end at once. Replaces an earlier deadline; may be set by host functions, too. Costs a
  // call half a microsecond. ErrorCode::Unsupported without EngineOptions::interrupt_signal.
  WASMC_API Result<void> setDeadline(std::chrono::steady_clock::time_point deadline) const;
  Result<void> setDeadline(std::chrono::nanoseconds from_now) const {
    return setDeadline(std::chrono::steady_clock::now() + from_now);
  }
  WASMC_API void clearDeadline() const;

  WASMC_API const Engine& engine() const;

  // How much the guest code of modules compiled with `wasmc --fuel` may execute, in units of fuel
  // (docs/abi.md says what costs how many). At zero it ends with ErrorCode::FuelExhausted; after more has
  // been given, new calls run. To be used by the thread that uses the store, also in host functions. Other
  // modules use none.
  WASMC_API void setFuel(uint64_t units) const;
  // Saturates at kUnlimitedFuel. The last block of code that ran may have gone below zero; then that many
  // units are gone before they come.
  WASMC_API void addFuel(uint64_t units) const;
  // What is left. kUnlimitedFuel in a new store, and counted down from there, too.
  WASMC_API uint64_t fuel() const;
  static constexpr uint64_t kUnlimitedFuel = INT64_MAX;  // more than any computer executes

  // Ends the guest code of modules compiled with `wasmc --epochs` with ErrorCode::Interrupted when the
  // engine's epoch has been counted up `ticks` times from now (Engine::incrementEpoch). Until it is set again
  // later calls end at once, too. At first, and with UINT64_MAX: never. By the thread that uses the store,
  // also in host functions.
  WASMC_API void setEpochDeadline(uint64_t ticks) const;

  detail::StoreImpl* impl() const { return impl_; }
  bool operator==(const StoreRef&) const = default;

 private:
  detail::StoreImpl* impl_;
};

// Handles to what a store owns (Instance, Func, Memory, …) are plain pointers: valid until the store is
// destroyed. One thread at a time may use a store and what belongs to it; it may be a different thread each
// time.
class WASMC_API Store {
 public:
  explicit Store(const Engine& engine, const StoreLimits& limits = {});
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  // NOLINTNEXTLINE(google-explicit-constructor): a store is accepted where a reference is
  operator StoreRef() const { return StoreRef(impl_.get()); }
  StoreRef ref() const { return StoreRef(impl_.get()); }
  template <typename T>
  T* data() const {
    return ref().data<T>();
  }
  template <typename T>
  T& setData(T object) const {
    return ref().setData(std::move(object));
  }
  const Engine& engine() const { return ref().engine(); }

  // See StoreRef.
  static constexpr uint64_t kUnlimitedFuel = StoreRef::kUnlimitedFuel;
  void setFuel(uint64_t units) const { ref().setFuel(units); }
  void addFuel(uint64_t units) const { ref().addFuel(units); }
  uint64_t fuel() const { return ref().fuel(); }
  void setEpochDeadline(uint64_t ticks) const { ref().setEpochDeadline(ticks); }
  // As of StoreRef.
  InterruptHandle interruptHandle() const { return ref().interruptHandle(); }
  void clearInterrupt() const { ref().clearInterrupt(); }
  template <typename Time>
  Result<void> setDeadline(Time deadline) const {
    return ref().setDeadline(deadline);
  }
  void clearDeadline() const { ref().clearDeadline(); }

 private:
  std::unique_ptr<detail::StoreImpl> impl_;
};

}  // namespace wasmc

#endif  // WASMC_STORE_H
