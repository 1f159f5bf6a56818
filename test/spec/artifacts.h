// The artifacts of a script's modules. The compiler makes them in this process; or, to run the suite on
// another machine, one program with the compiler fills a folder, which one without it, built for that
// machine, runs from.
#ifndef WASMC_TEST_SPEC_ARTIFACTS_H
#define WASMC_TEST_SPEC_ARTIFACTS_H

#include "results.h"
#include "script.h"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace wasmc::spec {

// An artifact, or why the compiler refuses the module.
using Compiled = std::expected<std::vector<uint8_t>, std::string>;

// What the compiler makes of a binary module at an optimisation level.
using Compile = std::function<Compiled(const std::filesystem::path& wasm, const std::string& level)>;

// How all modules are compiled.
struct Modes {
  bool fuel = false;
  bool epochs = false;
  bool explicit_bounds = false;
};

// The compiler, for a target triple and a CPU (empty: this machine's; the target's default). Null in a
// program that is built without it.
Compile compilerFor(const std::string& target, const std::string& cpu, const Modes& modes);

// Compiles every binary module of a script into `folder`. A module that is refused is no failure here.
ScriptResult compileScript(const Script& script, const std::string& level, const Compile& compile,
                           const std::filesystem::path& folder);

// Reads what compileScript wrote of the script.
Compile compiledIn(const std::filesystem::path& folder, const Script& script);

}  // namespace wasmc::spec

#endif  // WASMC_TEST_SPEC_ARTIFACTS_H
