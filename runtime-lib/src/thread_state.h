// What the runtime library knows of a thread: which calls into guest code are active, how far its stack
// reaches, and the trap that is on its way to the host.
#ifndef WASMC_THREAD_STATE_H
#define WASMC_THREAD_STATE_H

#include <wasmc/abi/types.h>
#include <wasmc/engine.h>
#include <wasmc/result.h>

#include <ucontext.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "interruption.h"
#include "os.h"

namespace wasmc::detail {

class Artifact;
class StoreImpl;
struct ThrownException;

// One call from the host into guest code. Lives on the stack of the host's call.
struct Activation {
  void* entry_sp = nullptr;  // written by wasmc_enter
  Activation* previous = nullptr;
  StoreImpl* store = nullptr;
  ThrownException* exceptions = nullptr;  // ThreadState::exceptions when it began
  uintptr_t host_limit = 0;               // StoreHead::stack_limit while it is the innermost of its store
  uintptr_t outer_limit = 0;              // StoreHead::stack_limit,
  uintptr_t outer_frame_limit = 0;        // StoreHead::frame_limit and
  pid_t outer_thread = 0;                 // Interruption::thread when it began
};

// Addresses of guest code that was active at a trap, innermost first; of a deep stack the first and the last
// ones. Of a very deep one (an exhausted stack holds some 100,000 frames, and each takes the unwinder a
// microsecond) only the first ones: then nothing is known about the outer end. Or all of them, where there is
// room.
struct RawBacktrace {
  static constexpr uint64_t kMost = uint64_t{1} << 20;
  static constexpr size_t kEnd = 64;           // frames kept at each end
  static constexpr uint64_t kWalked = 10'000;  // frames looked at
  uint64_t count = 0;                          // frames seen
  std::array<uintptr_t, 2 * kEnd> pcs;
  uintptr_t* room = nullptr;  // for kMost of them; mapped when the first full backtrace is made
  uintptr_t* all = nullptr;   // the room, if this backtrace is to be full

  RawBacktrace() = default;
  RawBacktrace(const RawBacktrace&) = delete;
  RawBacktrace& operator=(const RawBacktrace&) = delete;
  ~RawBacktrace();

  bool complete() const { return count < (all ? kMost : kWalked); }

  void add(uintptr_t pc) {
    if (all)
      all[count] = pc;
    else
      pcs[count < kEnd ? count : kEnd + count % kEnd] = pc;
    ++count;
  }
};

struct ThreadState {
  Activation* current = nullptr;  // innermost
  os::StackBounds stack;
  uintptr_t stack_limit = 0;  // host code called by guest code needs the stack pointer above this; 0: unknown
  uintptr_t frame_limit = 0;  // the same for guest code that checks it itself
  bool handles_signals = false;
  // Of a trap that has been raised and not yet reached the host:
  TrapCode code = TrapCode::None;
  Error* error = nullptr;  // or what a host function failed with
  RawBacktrace backtrace;
  ThrownException* exceptions = nullptr;  // that have been thrown and not freed, newest first
  ThrownException* uncaught = nullptr;    // one of them, on its way to the host
  // What interruptions need: see interruption.h.
  pid_t id = 0;                           // the kernel's number of the thread
  bool attentive = false;                 // there is something to do when an activation ends
  std::atomic<uint32_t> interrupted = 0;  // one of the active calls is to end
  std::atomic<uint32_t> signals = 0;      // how many the handler has seen
  InterruptTimer timer;
  // The alternate signal stack, where it is ours.
  void* signal_stack = nullptr;
  size_t signal_stack_size = 0;
};

// Null until the thread first calls guest code. In the thread's static TLS block, so that the signal handler
// can read it.
extern constinit thread_local ThreadState* current_thread [[gnu::tls_model("initial-exec")]];

// The calling thread's state, made if there is none: finds the stack's bounds. Freed when the thread ends.
ThreadState& prepareThread();

// Gives the calling thread an alternate signal stack unless it has a large enough one, and installs the
// signal handlers if this is the first thread.
void prepareSignals(ThreadState& thread);

inline ThreadState& threadState() { return current_thread ? *current_thread : prepareThread(); }

// Host code that guest code calls finds at least this much stack, or the guest traps.
inline constexpr size_t kStackReserve = 128 * 1024;

// Installs the handlers of faults, once in the process.
void installSignalHandlers();
// The signal that interruptions can have; 0: none.
int usableInterruptSignal(const EngineOptions& options);
// The handler of interruptions, once for each signal.
void installInterruptHandler(int signal);

// Ends the innermost call into guest code, for a signal handler that has found the thread there: with
// this code, and the backtrace of `context`, which goes on at wasmc_landing.
void abandonGuest(ThreadState& thread, ucontext_t& context, TrapCode code);
// To be called before, where it was found at an instruction that is no trap instruction of `artifact`.
void forgetFuel(StoreImpl& store, const Artifact& artifact);

// Records the guest frames from here up to the innermost wasmc_enter, as many as the engine of the innermost
// call wants. Safe in a signal handler that interrupted guest code.
void captureBacktrace(ThreadState& thread);
// WASMC_BACKTRACE, or Short.
Backtraces backtracesOfEnvironment();

Trap makeTrap(TrapCode code, const RawBacktrace& backtrace);

// The error for the trap or exception that the thread state holds, with its frames; clears it. The caller
// owns it.
Error* takePending(ThreadState& thread);

}  // namespace wasmc::detail

#endif  // WASMC_THREAD_STATE_H
