// Faults of guest code become traps, and what interrupts it (interruption.h) finds it here.
//
// A handler is called for every SIGSEGV, SIGBUS and trap instruction of the process. It owns only those whose
// program counter lies in registered code while the thread has an active call into guest code; all others go
// on to the handler that was there before. For its own it records the trap in the thread's state and changes
// the interrupted context, so that the return from the signal continues at wasmc_landing: no longjmp, and the
// signal mask is restored by the kernel.
#include <signal.h>
#include <ucontext.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <mutex>
#include <utility>

#include "arch.h"
#include "artifact.h"
#include "code_registry.h"
#include "log.h"
#include "store_impl.h"
#include "thread_state.h"

namespace wasmc::detail {
namespace {

constexpr std::array kFaults = {SIGSEGV, SIGBUS, arch::kTrapSignal};
std::array<struct sigaction, NSIG> previous_actions;  // by signal

// Inline stack probes touch each page, so an overflow faults close to the stack pointer.
bool isStackOverflow(const ThreadState& thread, uintptr_t address, uintptr_t sp) {
  constexpr uintptr_t kNear = 64 * 1024;
  const bool near_sp = address + kNear >= sp && address < sp + kNear;
  const bool below_stack = address < thread.stack.low && address + kNear >= thread.stack.low;
  return near_sp || below_stack;
}

TrapCode classify(const ThreadState& thread, int signal, const siginfo_t& info, const ucontext_t& context) {
  const uintptr_t pc = arch::pc(context);
  if (signal == arch::kTrapSignal) {
    const Artifact* artifact = CodeRegistry::global().find(pc);
    if (!artifact || CodeRegistry::global().find(pc + arch::kTrapInstructionSize - 1) != artifact)
      return TrapCode::None;
    const auto code = arch::trapCodeAt(reinterpret_cast<const uint8_t*>(pc));
    return code ? static_cast<TrapCode>(*code) : TrapCode::None;
  }
  const auto address = reinterpret_cast<uintptr_t>(info.si_addr);
  if (thread.current->store->ownsMemoryAddress(address)) return TrapCode::MemoryOutOfBounds;
  return isStackOverflow(thread, address, arch::sp(context)) ? TrapCode::StackExhausted : TrapCode::None;
}

bool handleAsTrap(int signal, const siginfo_t& info, ucontext_t& context) {
  ThreadState* thread = current_thread;
  // Faults have positive codes; what a process sends is zero or negative.
  if (!thread || !thread->current || info.si_code <= 0) return false;
  const Artifact* artifact = CodeRegistry::global().find(arch::pc(context));
  if (!artifact) return false;
  const TrapCode code = classify(*thread, signal, info, context);
  if (code == TrapCode::None) return false;
  if (signal != arch::kTrapSignal) forgetFuel(*thread->current->store, *artifact);
  abandonGuest(*thread, context, code);
  return true;
}

bool isIgnoredByDefault(int signal) {
  return signal == SIGURG || signal == SIGCHLD || signal == SIGWINCH || signal == SIGCONT;
}

void restoreDefault(int signal, const siginfo_t* info) {
  if (isIgnoredByDefault(signal)) return;
  struct sigaction action = {};
  action.sa_handler = SIG_DFL;
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, nullptr);
  // A fault happens again when the instruction is repeated. A signal that was sent must be sent again; it
  // stays blocked until the handler returns.
  if (info->si_code <= 0) ::raise(signal);
}

// Calls the previous handler as the kernel would have.
void forward(int signal, siginfo_t* info, void* context) {
  const struct sigaction& action = previous_actions[static_cast<size_t>(signal)];
  const bool extended = action.sa_flags & SA_SIGINFO;
  if (!extended && action.sa_handler == SIG_IGN && info->si_code <= 0) return;
  if (!extended && (action.sa_handler == SIG_DFL || action.sa_handler == SIG_IGN))
    return restoreDefault(signal, info);

  sigset_t before;
  pthread_sigmask(SIG_BLOCK, &action.sa_mask, &before);
  if (action.sa_flags & SA_NODEFER) {
    sigset_t unblocked;
    sigemptyset(&unblocked);
    sigaddset(&unblocked, signal);
    pthread_sigmask(SIG_UNBLOCK, &unblocked, nullptr);
  }
  if (extended)
    action.sa_sigaction(signal, info, context);
  else
    action.sa_handler(signal);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

void handleSignal(int signal, siginfo_t* info, void* context) {
  const int saved_errno = errno;
  if (!handleAsTrap(signal, *info, *static_cast<ucontext_t*>(context))) forward(signal, info, context);
  errno = saved_errno;
}

void handleInterruptSignal(int signal, siginfo_t* info, void* context) {
  const int saved_errno = errno;
  // Whoever has sent it: of several signals that are pending at a time only one arrives.
  interruptThread(*static_cast<ucontext_t*>(context));
  if (!isInterruptSignal(*info)) forward(signal, info, context);
  errno = saved_errno;
}

void install(int signal, void (*handler)(int, siginfo_t*, void*), int flags) {
  // The previous action must be known before the first signal can arrive.
  sigaction(signal, nullptr, &previous_actions[static_cast<size_t>(signal)]);
  struct sigaction action = {};
  action.sa_sigaction = handler;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | flags;
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, nullptr);
}

}  // namespace

// How much of the fuel was used is in a register that nobody knows; what the code wrote back last depends on
// how it was optimised. So a limited store has none left.
void forgetFuel(StoreImpl& store, const Artifact& artifact) {
  if (store.fuel_limited && artifact.hasMode(abi::kModeFuel)) store.fuel = 0;
}

void abandonGuest(ThreadState& thread, ucontext_t& context, TrapCode code) {
  thread.code = code;
  if (thread.current->store->engine.options().backtraces != Backtraces::None) {
    const uintptr_t pc = arch::pc(context);
    const CodeRegistry& code_registry = CodeRegistry::global();
    const bool preceded = code_registry.find(pc - arch::kBeforeProbe) == code_registry.find(pc);
    if (arch::matchUnwindTables(context, preceded)) captureBacktrace(thread);
  }
  arch::resumeAt(context, reinterpret_cast<uintptr_t>(wasmc_landing),
                 reinterpret_cast<uintptr_t>(thread.current->entry_sp));
}

int usableInterruptSignal(const EngineOptions& options) {
  const int signal = options.signal_handlers ? options.interrupt_signal : 0;
  const bool exists = signal > 0 && signal < NSIG && signal != SIGKILL && signal != SIGSTOP;
  return exists && std::ranges::find(kFaults, signal) == kFaults.end() ? signal : 0;
}

void installInterruptHandler(int signal) {
  static std::mutex lock;
  static std::array<bool, NSIG> installed;
  const std::lock_guard guard(lock);
  if (std::exchange(installed[static_cast<size_t>(signal)], true)) return;
  // The host's own system calls go on after it.
  install(signal, handleInterruptSignal, SA_RESTART);
  log::write(log::Category::Signal, "handler for signal %d, which interrupts, installed", signal);
}

void installSignalHandlers() {
  static std::once_flag once;
  std::call_once(once, [] {
    for (int signal : kFaults) install(signal, handleSignal, 0);
    log::write(log::Category::Signal, "handlers for SIGSEGV, SIGBUS and signal %d installed",
               arch::kTrapSignal);
  });
}

}  // namespace wasmc::detail
