// Runs the compiler in a process of its own. LLVM and wabt may abort, run out of memory or overflow the
// stack; then the process that remains reports it and cleans up.
#ifndef WASMC_TOOLS_WASMC_SUPERVISOR_H
#define WASMC_TOOLS_WASMC_SUPERVISOR_H

#include <cstdint>
#include <functional>
#include <string>

namespace wasmc::tool {

struct Limits {
  double seconds = 0;   // 0: none
  uint64_t memory = 0;  // bytes that may be resident; 0: none
};

// The exit status of `work`, or 1 where it did not come to an end, after a message to standard error that
// begins with `name`. SIGINT, SIGTERM and SIGHUP end `work` first; `interruptedBy` then tells which it was.
int supervise(const std::string& name, const Limits& limits, const std::function<int()>& work);

// The signal that asked us to stop, or 0.
int interruptedBy();

}  // namespace wasmc::tool

#endif  // WASMC_TOOLS_WASMC_SUPERVISOR_H
