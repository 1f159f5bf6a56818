// wasmrun: runs WebAssembly programs.
#include "options.h"
#include "program.h"

#include <cstdio>

namespace {

using namespace wasmc::tool;

int run(const Options& options) {
  const Outcome<int> status = runProgram(options);
  return status ? *status : report(status.error());
}

}  // namespace

int main(int argc, char** argv) {
  const std::expected<Options, std::string> options = parseOptions({argv + 1, argv + argc});
  if (!options) return report({kExitUsage, options.error()});
  switch (options->action) {
    case Options::Action::Help: std::fputs(helpText().c_str(), stdout); return 0;
    case Options::Action::Version: std::puts("wasmrun " WASMC_VERSION); return 0;
    case Options::Action::Run: return run(*options);
  }
}
