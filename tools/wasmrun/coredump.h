// --coredump.
#ifndef WASMC_TOOLS_WASMRUN_COREDUMP_H
#define WASMC_TOOLS_WASMRUN_COREDUMP_H

#include <wasmc/result.h>
#include <wasmc/store.h>

#include <string>

namespace wasmc::tool {

// Writes a coredump to `file` if `error` has frames; the file appears whole or not at all. Says on standard
// error where it is, or why there is none.
void dumpCore(StoreRef store, const Error& error, const std::string& program, const std::string& file);

}  // namespace wasmc::tool

#endif  // WASMC_TOOLS_WASMRUN_COREDUMP_H
