// A line on the terminal while a compilation takes its time.
#ifndef WASMC_TOOLS_WASMC_PROGRESS_H
#define WASMC_TOOLS_WASMC_PROGRESS_H

#include <wasmc/compiler.h>

#include <expected>
#include <span>

namespace wasmc::tool {

// compiler::compile, with a line on standard error from the second second on: functions done, of how many,
// and an estimate. The line is gone in the end. None where standard error is no terminal.
std::expected<compiler::CompileResult, compiler::CompileError> compileWithProgress(
    std::span<const uint8_t> module, compiler::CompileOptions options);

}  // namespace wasmc::tool

#endif  // WASMC_TOOLS_WASMC_PROGRESS_H
