// Runs one script over what the compiler made of its modules, and the runtime library.
#ifndef WASMC_TEST_SPEC_RUNNER_H
#define WASMC_TEST_SPEC_RUNNER_H

#include "artifacts.h"
#include "manifest.h"
#include "results.h"
#include "script.h"

#include <string>

namespace wasmc::spec {

// `level` is "0", "1", "2", "3" or "s". `signals`: EngineOptions::signal_handlers. The manifest remembers
// what it was asked for.
ScriptResult runScript(const Script& script, const std::string& level, const Compile& compile, bool signals,
                       Manifest& manifest);

}  // namespace wasmc::spec

#endif  // WASMC_TEST_SPEC_RUNNER_H
