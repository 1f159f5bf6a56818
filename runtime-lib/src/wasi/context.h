// The state of one guest's WASI.
#ifndef WASMC_WASI_CONTEXT_H
#define WASMC_WASI_CONTEXT_H

#include "wasi/fd_table.h"
#include "wasi/guest_memory.h"
#include "wasi/path.h"

#include <wasmc/interrupt.h>
#include <wasmc/wasi.h>

#include <fcntl.h>
#include <sys/syscall.h>

#include <cerrno>
#include <mutex>
#include <string>
#include <vector>

namespace wasmc::wasi {

class Context {
 public:
  static Result<std::shared_ptr<Context>> create(WasiConfig config,
                                                 PathResolver::Method method = PathResolver::Method::Detect);
  explicit Context(uint32_t max_descriptors, PathResolver::Method method)
      : fds(max_descriptors), paths(method) {}

  std::vector<std::string> args;
  std::vector<std::string> environment;  // "NAME=value"
  FdTable fds;
  PathResolver paths;
  std::function<uint64_t(WasiClock)> clock;
  std::function<void(std::span<std::byte>)> random;
  std::function<void(const std::string&)> trace;
  uint64_t bytes_left_to_write = UINT64_MAX;
  bool shared_by_threads = false;

  // Held during a call. Where one thread uses the context there is nothing to hold.
  std::unique_lock<std::mutex> lock() {
    return shared_by_threads ? std::unique_lock(mutex_) : std::unique_lock<std::mutex>();
  }

 private:
  Result<void> addInput(const WasiInput& input);
  Result<void> addOutput(const WasiOutput& output, int inherited, const char* what);
  Result<void> addPreopen(const WasiPreopen& preopen);
  Result<void> addSocket(int fd);
  Result<void> add(Expected<Descriptor> descriptor, const std::string& what);

  std::mutex mutex_;
};

// What a function gets besides its arguments.
struct Call {
  Context& context;
  GuestMemory memory;
  std::unique_lock<std::mutex> lock = context.lock();

  FdTable& fds() const { return context.fds; }

  // `transfer(fd)`, which may wait for long, so that calls of other threads go on meanwhile. One of these may
  // close the descriptor: `transfer` gets a duplicate then, and looks at nothing else of the context.
  template <typename F>
  auto waitOn(const HostFd& host, F transfer) -> decltype(transfer(0)) {
    if (!lock.owns_lock()) return transfer(host.get());
    const HostFd own = duplicate(host);
    if (!own) return failWithLastError();
    return unlocked([&] { return transfer(own.get()); });
  }
  static HostFd duplicate(const HostFd& host) { return HostFd(fcntl(host.get(), F_DUPFD_CLOEXEC, 0)); }
  // `wait()` without the lock. Keeps errno.
  template <typename F>
  auto unlocked(F wait) {
    lock.unlock();
    auto result = wait();
    const int error = errno;
    lock.lock();
    errno = error;
    return result;
  }
};

// A system call that may wait until somebody does something. As the function of the C library, but it ends
// when the guest is interrupted: with EINTR, while `interrupted()`.
template <typename... A>
ssize_t waiting(long number, A... arguments) {
  const long result = waitingCall(number, arguments...);
  if (result >= 0) return result;
  errno = static_cast<int>(-result);
  return -1;
}

// Nanoseconds of a clock, the configured one or the system's.
Expected<Timestamp> readClock(const Context& context, ClockId clock);

}  // namespace wasmc::wasi

#endif  // WASMC_WASI_CONTEXT_H
