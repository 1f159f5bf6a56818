// The program's own process.
#include "wasi/functions.h"

#include <sched.h>

#include <csignal>

namespace wasmc::wasi {
namespace {

// The host's number of a signal, or 0 for Signal::None.
int hostSignal(Signal signal) {
  static constexpr int kNumbers[] = {
      0,       SIGHUP,  SIGINT,  SIGQUIT,   SIGILL,  SIGTRAP,  SIGABRT, SIGBUS,  SIGFPE,  SIGKILL, SIGUSR1,
      SIGSEGV, SIGUSR2, SIGPIPE, SIGALRM,   SIGTERM, SIGCHLD,  SIGCONT, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU,
      SIGURG,  SIGXCPU, SIGXFSZ, SIGVTALRM, SIGPROF, SIGWINCH, SIGPOLL, SIGPWR,  SIGSYS};
  static_assert(std::size(kNumbers) == static_cast<size_t>(Signal::Sys) + 1, "one number for each signal");
  return kNumbers[static_cast<size_t>(signal)];
}

}  // namespace

Exit proc_exit(Call&, uint32_t status) { return {status}; }

// A guest has no handlers, so each signal does what it does by default, to the guest and not to the host:
// those that are ignored do nothing; those that stop a process are not supported; all others end the program
// with the status that a shell shows for them.
std::expected<Errno, Exit> proc_raise(Call&, Signal signal) {
  switch (signal) {
    case Signal::None:
    case Signal::Chld:
    case Signal::Cont:
    case Signal::Urg:
    case Signal::Winch: return Errno::Success;
    case Signal::Stop:
    case Signal::Tstp:
    case Signal::Ttin:
    case Signal::Ttou: return Errno::Notsup;
    default: return std::unexpected(Exit{128 + static_cast<uint32_t>(hostSignal(signal))});
  }
}

Errno sched_yield(Call&) {
  ::sched_yield();
  return Errno::Success;
}

}  // namespace wasmc::wasi
