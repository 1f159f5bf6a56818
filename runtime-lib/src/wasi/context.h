// The state of one guest's WASI.
#ifndef WASMC_WASI_CONTEXT_H
#define WASMC_WASI_CONTEXT_H

#include "wasi/fd_table.h"
#include "wasi/guest_memory.h"
#include "wasi/path.h"

#include <wasmc/wasi.h>

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

 private:
  Result<void> addInput(const WasiInput& input);
  Result<void> addOutput(const WasiOutput& output, int inherited, const char* what);
  Result<void> addPreopen(const WasiPreopen& preopen);
  Result<void> addSocket(int fd);
  Result<void> add(Expected<Descriptor> descriptor, const std::string& what);
};

// What a function gets besides its arguments.
struct Call {
  Context& context;
  GuestMemory memory;

  FdTable& fds() const { return context.fds; }
};

// Nanoseconds of a clock, the configured one or the system's.
Expected<Timestamp> readClock(const Context& context, ClockId clock);

}  // namespace wasmc::wasi

#endif  // WASMC_WASI_CONTEXT_H
