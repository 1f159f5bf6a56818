// Compiling by a wasmc process: what needs no compiler does not load LLVM, and whatever happens to the
// compiler does not happen to us.
#ifndef WASMC_TOOLS_WASMRUN_WASMC_PROCESS_H
#define WASMC_TOOLS_WASMRUN_WASMC_PROCESS_H

#include "failure.h"
#include "options.h"

#include <span>
#include <string>
#include <vector>

namespace wasmc::tool {

// The wasmc beside this program. Never another one on PATH, which may be of another version.
Outcome<std::string> findWasmc();

// What goes into the hash for the compiler itself: a file that was replaced compiles anew.
std::string describeWasmc(const std::string& wasmc);

// Options for wasmc that `options` stand for.
std::vector<std::string> compileArguments(const Options& options);

// Writes the shared object for `file` to the descriptor `output`. The messages are wasmc's own, on standard
// error.
Outcome<void> runWasmc(const std::string& wasmc, std::span<const std::string> arguments,
                       const std::string& file, int output);

}  // namespace wasmc::tool

#endif  // WASMC_TOOLS_WASMRUN_WASMC_PROCESS_H
