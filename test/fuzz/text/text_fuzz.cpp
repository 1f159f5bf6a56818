// Any bytes as a text module: what wabt's parser does to its process is an error like any other, and what it
// makes of them is read as a binary module.
#include "frontend/frontend.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace wasmc::compiler;
  const FeatureSet features;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Result<std::vector<uint8_t>> bytes = assembleText(text, "fuzz.wat", features);
  if (!bytes) {
    if (bytes.error().message.empty()) std::abort();
    return 0;
  }
  if (const Result<Module> module = readModule(*bytes, features); !module)
    findInvalid(text, "fuzz.wat", features);
  return 0;
}
