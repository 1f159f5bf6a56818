#include "failure.h"

#include <cstdio>

namespace wasmc::tool {

int report(const Failure& failure) {
  if (!failure.message.empty()) std::fprintf(stderr, "wasmrun: error: %s\n", failure.message.c_str());
  if (failure.status == kExitUsage) std::fputs("Try 'wasmrun --help'.\n", stderr);
  return failure.status;
}

}  // namespace wasmc::tool
