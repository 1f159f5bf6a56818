#include "interruption.h"

#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include <wasmc/interrupt.h>
#include <wasmc/store.h>

#include <algorithm>
#include <cerrno>
#include <mutex>

#include "arch.h"
#include "code_registry.h"
#include "store_impl.h"
#include "thread_state.h"

namespace wasmc {
namespace detail {

std::atomic<bool> calls_fence = false;

namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;
constexpr int64_t kSecond = 1'000'000'000;
// How long host code is left alone before the next look.
constexpr int64_t kRepeat = 1'000'000;

// Its address in a signal's value says that the signal is from here.
char marker;

int64_t now() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * kSecond + time.tv_nsec;
}

// Once in the process, before the first interruption.
void prepareFence() {
  static std::once_flag once;
  std::call_once(once, [] {
    if (syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0) != 0) calls_fence = true;
  });
}

void fenceAllThreads() {
  if (calls_fence.load(kRelaxed))
    std::atomic_thread_fence(std::memory_order_seq_cst);
  else
    syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0);
}

bool makeTimer(InterruptTimer& timer, pid_t thread, int signal) {
  if (timer.id >= 0) return true;
  sigevent event = {};
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_signo = signal;
  event.sigev_value.sival_ptr = &marker;
  event._sigev_un._tid = thread;
  return syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &timer.id) == 0;
}

// kNever: not at all.
void setTimer(InterruptTimer& timer, int64_t when) {
  itimerspec setting = {};
  timer.armed = when != Interruption::kNever;
  // A time of zero would be none; one that has passed is as good as the first nanosecond.
  const int64_t at = std::max<int64_t>(when, 1);
  if (timer.armed) setting.it_value = {at / kSecond, at % kSecond};
  syscall(SYS_timer_settime, timer.id, TIMER_ABSTIME, &setting, nullptr);
}

Interruption& interruptionOf(const Activation& activation) { return *activation.store->interruption; }

// When the thread needs the next signal.
int64_t nextSignal(const ThreadState& thread) {
  if (isInterrupted(thread)) return now() + kRepeat;
  int64_t first = Interruption::kNever;
  for (const Activation* a = thread.current; a; a = a->previous)
    first = std::min(first, interruptionOf(*a).deadline.load(kRelaxed));
  return first;
}

// A signal of the thread's active calls; 0 if none has one.
int signalOf(const ThreadState& thread) {
  for (const Activation* a = thread.current; a; a = a->previous)
    if (interruptionOf(*a).signal != 0) return interruptionOf(*a).signal;
  return 0;
}

}  // namespace

void destroyTimer(InterruptTimer& timer) {
  if (timer.id >= 0) syscall(SYS_timer_delete, timer.id);
  timer = {};
}

bool isInterruptSignal(const siginfo_t& info) {
  return (info.si_code == SI_QUEUE || info.si_code == SI_TIMER) && info.si_value.sival_ptr == &marker;
}

void sendInterruptSignal(pid_t thread, int signal) {
  siginfo_t info = {};
  info.si_signo = signal;
  info.si_code = SI_QUEUE;
  info.si_pid = getpid();
  info.si_uid = getuid();
  info.si_value.sival_ptr = &marker;
  syscall(SYS_rt_tgsigqueueinfo, getpid(), thread, signal, &info);
}

bool isInterrupted(const ThreadState& thread) {
  bool found = false;
  for (const Activation* a = thread.current; a; a = a->previous) {
    Interruption& i = interruptionOf(*a);
    if (const int64_t deadline = i.deadline.load(kRelaxed);
        deadline != Interruption::kNever && deadline <= now())
      i.pending.fetch_or(Interruption::kRequested);
    found |= i.requested();
  }
  return found;
}

void takeInterruption(ThreadState& thread) {
  for (const Activation* a = thread.current; a; a = a->previous)
    if (interruptionOf(*a).requested()) interruptionOf(*a).taken = true;
  thread.attentive = true;
}

bool armTimer(ThreadState& thread) {
  const int signal = signalOf(thread);
  if (signal == 0 || !makeTimer(thread.timer, thread.id, signal)) return false;
  thread.attentive = true;
  // A signal that comes in between knows better.
  uint32_t seen = 0;
  do {
    seen = thread.signals.load(kRelaxed);
    setTimer(thread.timer, nextSignal(thread));
  } while (seen != thread.signals.load(kRelaxed));
  return true;
}

void interruptThread(ucontext_t& context) {
  ThreadState* thread = current_thread;
  if (!thread || !thread->current) return;
  thread->signals.fetch_add(1, kRelaxed);
  if (!isInterrupted(*thread)) return;
  thread->interrupted.store(1, kRelaxed);
  const uintptr_t pc = arch::pc(context);
  if (const Artifact* artifact = CodeRegistry::global().find(pc)) {
    takeInterruption(*thread);
    forgetFuel(*thread->current->store, *artifact);
    abandonGuest(*thread, context, TrapCode::Interrupted);
    return;
  }
  if (pc >= reinterpret_cast<uintptr_t>(wasmc_wait_begin) && pc < reinterpret_cast<uintptr_t>(wasmc_wait_end))
    arch::resumeAt(context, reinterpret_cast<uintptr_t>(wasmc_wait_cancel), arch::sp(context));
  for (const Activation* a = thread->current; a; a = a->previous) a->store->stack_limit = UINTPTR_MAX;
  armTimer(*thread);
}

Error* admit(ThreadState& thread, Interruption& interruption) {
  if (isInterrupted(thread)) {
    thread.interrupted.store(1, kRelaxed);
    takeInterruption(thread);
    return new Error(Error::ofTrap(TrapCode::Interrupted));
  }
  if (interruption.deadline.load(kRelaxed) == Interruption::kNever || armTimer(thread)) return nullptr;
  return new Error{ErrorCode::Limit,
                   "no timer for the deadline: the limit of pending signals (ulimit -i) is reached",
                   std::nullopt, 0};
}

void settle(ThreadState& thread, Interruption& ended) {
  if (ended.taken && ended.thread.load(kRelaxed) == 0) {
    ended.taken = false;
    ended.pending.fetch_and(~Interruption::kRequested);
  }
  thread.interrupted.store(isInterrupted(thread), kRelaxed);
  if (thread.current) {
    armTimer(thread);
    return;
  }
  thread.attentive = false;
  if (thread.timer.armed) setTimer(thread.timer, Interruption::kNever);
}

void adoptThread(ThreadState& thread) {
  thread.id = gettid();
  thread.timer = {};
  for (const Activation* a = thread.current; a; a = a->previous)
    interruptionOf(*a).thread.store(thread.id, kRelaxed);
  if (thread.attentive) armTimer(thread);
}

bool interrupted() { return current_thread && current_thread->interrupted.load(kRelaxed) != 0; }

long waitFor(long number, const long (&arguments)[6]) {
  static constinit std::atomic<uint32_t> never = 0;
  const std::atomic<uint32_t>& flag = current_thread ? current_thread->interrupted : never;
  return wasmc_wait(&flag, number, arguments);
}

}  // namespace detail

using detail::Interruption;

void InterruptHandle::interrupt() const {
  if (state_->pending.fetch_or(Interruption::kRequested) & Interruption::kRequested) return;
  const int saved_errno = errno;
  detail::fenceAllThreads();
  const pid_t thread = state_->thread.load();
  if (thread != 0 && state_->signal != 0) detail::sendInterruptSignal(thread, state_->signal);
  errno = saved_errno;
}

namespace {

// Has the calling thread get the signal.
void prepareSignal(int signal) {
  if (signal == 0) return;
  detail::prepareFence();
  detail::installInterruptHandler(signal);
  sigset_t unblocked;
  sigemptyset(&unblocked);
  sigaddset(&unblocked, signal);
  pthread_sigmask(SIG_UNBLOCK, &unblocked, nullptr);
}

// After a change in a host function that a call of the store is in.
void reconsider(const Interruption& changed) {
  detail::ThreadState* thread = detail::current_thread;
  if (!thread || changed.thread.load() == 0) return;
  thread->interrupted.store(detail::isInterrupted(*thread), std::memory_order_relaxed);
  detail::armTimer(*thread);
}

}  // namespace

InterruptHandle StoreRef::interruptHandle() const {
  prepareSignal(impl_->interruption->signal);
  return InterruptHandle(impl_->interruption);
}

void StoreRef::clearInterrupt() const {
  Interruption& interruption = *impl_->interruption;
  interruption.taken = false;
  interruption.pending.fetch_and(~Interruption::kRequested);
  reconsider(interruption);
}

Result<void> StoreRef::setDeadline(std::chrono::steady_clock::time_point deadline) const {
  Interruption& interruption = *impl_->interruption;
  if (interruption.signal == 0)
    return error(ErrorCode::Unsupported,
                 "a deadline needs a signal, and EngineOptions::interrupt_signal has none");
  prepareSignal(interruption.signal);
  interruption.deadline.store(
      std::chrono::duration_cast<std::chrono::nanoseconds>(deadline.time_since_epoch()).count());
  interruption.pending.fetch_or(Interruption::kDeadline);
  reconsider(interruption);
  return {};
}

void StoreRef::clearDeadline() const {
  Interruption& interruption = *impl_->interruption;
  interruption.deadline.store(Interruption::kNever);
  interruption.pending.fetch_and(~Interruption::kDeadline);
  reconsider(interruption);
}

}  // namespace wasmc
