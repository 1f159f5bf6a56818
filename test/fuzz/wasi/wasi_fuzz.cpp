// Sequences of WASI calls, against the file system: nothing outside of the guest's directory is read,
// changed, created or removed. The first byte chooses how paths are walked.
#include "attack.h"

#include <cstdio>
#include <cstdlib>

namespace {

using namespace wasmc::wasi;

test::Attack& attackWith(PathResolver::Method method) {
  static test::Attack detect(PathResolver::Method::Detect), walk(PathResolver::Method::Walk);
  return method == PathResolver::Method::Walk ? walk : detect;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  test::Choices choices({data, size});
  const auto method = choices.byte() % 2 == 0 ? PathResolver::Method::Detect : PathResolver::Method::Walk;
  if (const std::optional<std::string> harm = attackWith(method).run(choices)) {
    std::fprintf(stderr, "escape: %s\n", harm->c_str());
    std::abort();
  }
  return 0;
}
