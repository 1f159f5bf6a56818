// From a file name to a loaded module: shared objects as they are, everything else through wasmc and the
// cache.
#ifndef WASMC_TOOLS_WASMRUN_LOAD_H
#define WASMC_TOOLS_WASMRUN_LOAD_H

#include "failure.h"
#include "options.h"

#include <wasmc/engine.h>
#include <wasmc/module.h>

#include <string>

namespace wasmc::tool {

Outcome<Module> loadModule(const Engine& engine, const std::string& file, const Options& options);

}  // namespace wasmc::tool

#endif  // WASMC_TOOLS_WASMRUN_LOAD_H
