// How a call into guest code is ended from outside.
//
// Running guest code looks at nothing, so it has to be found. A store says in Interruption::thread which
// thread is in its guest code. An interruption sets `pending` and sends that thread a signal. The handler
// (signals.cpp) asks this file what to do with the thread that it found:
//
//   in guest code           the call is abandoned there, as for a trap
//   waiting in wasmc_wait   the system call fails with EINTR
//   in other host code      that comes to its own end. Its way back may lead through another host function or
//                           builtin: these compare the stack pointer with StoreHead::stack_limit, which
//                           becomes so high that they all find it exceeded. Or it may lead into a loop
//                           without calls, so the signal comes again every millisecond, by a timer of the
//                           thread, until the guest has been found or the call is over.
//
// A deadline is the same timer, set when a call begins. All that the thread itself reads or writes here is
// changed by nobody else but the handler, on the same thread: relaxed atomics and the order of the compiler
// are enough. Between threads there is one race, of a call that begins and an interruption:
//
//   the call        stores `thread`, then loads `pending`
//   interrupt()     stores `pending`, then loads `thread`
//
// One of them must see the other. That takes a full fence on both sides. membarrier(2) in interrupt()
// executes one on every running thread of the process, so that beginning a call costs none; where the system
// does not have it, calls execute their own.
//
// An interruption lasts until the outermost call of its store has ended, so that a host function that keeps
// the error of a nested call for itself does not keep the guest alive. It ends all that this call has called,
// guest code of other stores included.
#ifndef WASMC_INTERRUPTION_H
#define WASMC_INTERRUPTION_H

#include <signal.h>
#include <sys/types.h>
#include <ucontext.h>
#include <wasmc/result.h>

#include <atomic>
#include <cstdint>

namespace wasmc::detail {

struct Activation;
struct ThreadState;
class StoreImpl;

// What a store shares with its handles.
struct Interruption {
  explicit Interruption(int signal_number) : signal(signal_number) {}

  // Bits of `pending`: what a call has to look at when it begins.
  static constexpr uint32_t kRequested = 1;
  static constexpr uint32_t kDeadline = 2;
  static constexpr int64_t kNever = INT64_MAX;

  const int signal;  // 0: none, so only calls that begin are ended
  std::atomic<uint32_t> pending = 0;
  std::atomic<pid_t> thread = 0;           // that is in guest code of the store; 0: none
  std::atomic<int64_t> deadline = kNever;  // on the monotonic clock, in nanoseconds
  bool taken = false;                      // a call has been ended by it

  // As new: for a store that begins to work for somebody else, when nothing runs in it.
  void clear() {
    deadline.store(kNever);
    pending.store(0);
    taken = false;
  }
  bool requested() const { return (pending.load(std::memory_order_relaxed) & kRequested) != 0; }
};

// A thread's timer for the signal, made when it is first needed.
struct InterruptTimer {
  int id = -1;  // the kernel's
  bool armed = false;
};
void destroyTimer(InterruptTimer& timer);

// Whether calls execute a fence when they begin.
extern std::atomic<bool> calls_fence;

// A signal that says "look at the thread": what it carries tells it from the same signal sent by others.
bool isInterruptSignal(const siginfo_t& info);
// Safe in a signal handler.
void sendInterruptSignal(pid_t thread, int signal);

// For the signal handler: ends what the interrupted thread does if there is somebody who wants that.
void interruptThread(ucontext_t& context);

// For a call whose store has something pending, after it has become the innermost activation: null, or the
// error if it must not begin.
Error* admit(ThreadState& thread, Interruption& interruption);
// After an activation of an `attentive` thread has ended.
void settle(ThreadState& thread, Interruption& ended);

// Whether one of the active calls is to end. Notes deadlines that have passed.
bool isInterrupted(const ThreadState& thread);
// Notes that the thread's interruption is about to end a call.
void takeInterruption(ThreadState& thread);
// Has the timer fire when the thread's active calls need it. False if there is no timer to be had.
bool armTimer(ThreadState& thread);

// After fork(2), in the child: the thread has another number and no timer.
void adoptThread(ThreadState& thread);

}  // namespace wasmc::detail

#endif  // WASMC_INTERRUPTION_H
