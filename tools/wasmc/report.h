// What -v, --time-report and --remarks show, on standard error.
#ifndef WASMC_TOOLS_WASMC_REPORT_H
#define WASMC_TOOLS_WASMC_REPORT_H

#include <wasmc/compiler.h>

#include <cstddef>

#include "options.h"

namespace wasmc::tool {

void reportResult(const Options& options, size_t input_size, const compiler::CompileResult& result);
void reportRemarks(const Options& options, const compiler::CompileResult& result);
void reportTimes(const compiler::CompileResult& result, double elapsed_seconds);

}  // namespace wasmc::tool

#endif  // WASMC_TOOLS_WASMC_REPORT_H
