// Sets a program up and runs it.
#ifndef WASMC_TOOLS_WASMRUN_PROGRAM_H
#define WASMC_TOOLS_WASMRUN_PROGRAM_H

#include "failure.h"
#include "options.h"

namespace wasmc::tool {

// The program's exit status.
Outcome<int> runProgram(const Options& options);

}  // namespace wasmc::tool

#endif  // WASMC_TOOLS_WASMRUN_PROGRAM_H
