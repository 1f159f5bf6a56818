// wasmrun: runs WebAssembly programs.
#include "options.h"
#include "program.h"

#include <sys/resource.h>

#include <cstdio>

namespace {

using namespace wasmc::tool;

// A guest may recurse until the stack ends: with an unlimited one, until the machine's memory does.
void boundStack() {
  constexpr rlim_t kMost = rlim_t{64} << 20;
  rlimit limit{};
  if (getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur <= kMost) return;
  limit.rlim_cur = kMost;
  setrlimit(RLIMIT_STACK, &limit);
}

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
    case Options::Action::Run: boundStack(); return run(*options);
  }
}
