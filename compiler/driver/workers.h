// Runs tasks on threads whose stacks are deep enough for LLVM's recursive passes over huge functions.
#ifndef WASMC_COMPILER_DRIVER_WORKERS_H
#define WASMC_COMPILER_DRIVER_WORKERS_H

#include <cstddef>
#include <functional>

namespace wasmc::compiler {

// Calls task(0) ... task(count - 1), each once, on at most `threads` threads (0: one a processor). Returns
// when all are done.
void runTasks(size_t count, unsigned threads, const std::function<void(size_t)>& task);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_DRIVER_WORKERS_H
