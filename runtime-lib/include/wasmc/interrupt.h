// Ending a call into guest code from outside.
#ifndef WASMC_INTERRUPT_H
#define WASMC_INTERRUPT_H

#include <wasmc/api.h>

#include <memory>
#include <utility>

namespace wasmc {

namespace detail {
struct Interruption;
}

// Interrupts the guest code of one store: see StoreRef::interruptHandle. A small shared handle: cheap to
// copy, usable from any thread and at any time, also when the store is gone.
class InterruptHandle {
 public:
  explicit InterruptHandle(std::shared_ptr<detail::Interruption> state) : state_(std::move(state)) {}

  // Ends the call into the store's guest code that is active, with all that it has called: the host gets
  // ErrorCode::Interrupted from its call, with the guest's backtrace. If none is active, the next one ends at
  // its start. Host functions come to their own end first, and what WASI waits for is given up. Returns at
  // once, before the guest has ended. Safe in a signal handler.
  WASMC_API void interrupt() const;

 private:
  std::shared_ptr<detail::Interruption> state_;
};

namespace detail {
WASMC_API bool interrupted();
WASMC_API long waitFor(long number, const long (&arguments)[6]);
}  // namespace detail

// For host functions that work for long: whether the guest that called this one, on this thread, has been
// interrupted. What they return then does not reach the guest.
inline bool interrupted() { return detail::interrupted(); }

// For host functions that wait: the Linux system call of this number (SYS_read), which ends with -EINTR when
// the guest that called the host function is interrupted, also if that happens just before it. Other signals
// end it as they would a direct call. Returns what the kernel does: a negated errno on failure.
template <typename... A>
long waitingCall(long number, A... arguments) {
  static_assert(sizeof...(A) <= 6, "no system call has more arguments");
  return detail::waitFor(number, {(long)(arguments)...});
}

}  // namespace wasmc

#endif  // WASMC_INTERRUPT_H
