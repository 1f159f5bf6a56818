// Settings that stores and modules share.
#ifndef WASMC_ENGINE_H
#define WASMC_ENGINE_H

#include <wasmc/api.h>

#include <atomic>
#include <csignal>
#include <cstdint>
#include <memory>
#include <optional>

namespace wasmc {

namespace detail {
class StoreImpl;
}

// Which of the calls that are active at a trap it tells as frames. Costs a microsecond a call when a trap
// happens, and nothing while none does.
enum class Backtraces : uint8_t {
  None,
  Short,  // of a deep stack the innermost 64 and the outermost 64; of more than 10,000 calls the innermost 64
  Full,   // all, but no more than a million. Takes 8 MiB of memory a thread when it is first needed
};

struct EngineOptions {
  // None set: what the environment variable WASMC_BACKTRACE says when the engine is made (0, 1 or full), else
  // Short. Of uncaught exceptions Full is Short.
  std::optional<Backtraces> backtraces = std::nullopt;
  // Keep copies of initial memory out of the page cache: read the memory image instead of mapping it
  // copy-on-write from the artifact. For files that might be changed in place while they are in use.
  bool copy_memory_image = false;
  // Handle the signals that faults of guest code are, and reserve address space behind memories so that they
  // fault where they should. False for processes in which nobody may install handlers, or where address space
  // is short: then only modules compiled with `wasmc --bounds=explicit` can be loaded.
  bool signal_handlers = true;
  // The signal that finds guest code to be interrupted. A handler is installed when the first InterruptHandle
  // is made or deadline set, and gives what others send on to the handler that was there before. 0, or no
  // signal_handlers: none; then an interruption only keeps calls from beginning, and there are no deadlines
  // but those of epochs.
  int interrupt_signal = SIGURG;
};

// A shared handle to settings, which never change, and the epoch. Cheap to copy, usable from any thread.
class WASMC_API Engine {
 public:
  Engine();
  explicit Engine(const EngineOptions& options);
  // As given, but `backtraces` is always set.
  const EngineOptions& options() const { return state_->options; }

  // Counts the epoch up: every store whose Store::setEpochDeadline comes with it ends its guest's code soon,
  // if that is compiled with `wasmc --epochs`. From any thread, also in a signal handler; a host has a thread
  // of its own do it every few milliseconds, for all stores.
  void incrementEpoch() const { state_->epoch.fetch_add(1, std::memory_order_relaxed); }
  uint64_t epoch() const { return state_->epoch.load(std::memory_order_relaxed); }

 private:
  friend class detail::StoreImpl;
  struct State {
    EngineOptions options;
    std::atomic<uint64_t> epoch = 0;
  };
  static_assert(std::atomic<uint64_t>::is_always_lock_free && sizeof(std::atomic<uint64_t>) == 8,
                "generated code reads the epoch as a word");

  std::shared_ptr<State> state_;
};

}  // namespace wasmc

#endif  // WASMC_ENGINE_H
