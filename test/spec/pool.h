// Runs scripts in child processes, so that one that crashes or hangs is one failure.
#ifndef WASMC_TEST_SPEC_POOL_H
#define WASMC_TEST_SPEC_POOL_H

#include "results.h"

#include <functional>
#include <string>
#include <vector>

namespace wasmc::spec {

struct Task {
  std::string script;
  std::string level;
};

// At most `jobs` processes at a time. `done` is told of each result as it arrives; the results come back in
// the order of the tasks. A process that takes longer than `timeout_seconds` is ended.
std::vector<ScriptResult> runInProcesses(const std::vector<Task>& tasks, unsigned jobs,
                                         unsigned timeout_seconds,
                                         const std::function<ScriptResult(const Task&)>& run,
                                         const std::function<void(const ScriptResult&)>& done);

}  // namespace wasmc::spec

#endif  // WASMC_TEST_SPEC_POOL_H
