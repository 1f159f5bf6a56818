#include <wasmc/compiler.h>

#include <utility>

#include "guest.h"

namespace wasmc::test {

std::vector<uint8_t> compileNow(std::string_view wat, std::string_view opt_level) {
  compiler::CompileOptions options;
  options.opt_level = opt_level;
  options.threads = 1;
  const auto wasm = compiler::assemble(wat, options);
  if (!wasm) {
    ADD_FAILURE() << wasm.error().describe("test.wat");
    return {};
  }
  auto result = compiler::compile(*wasm, options);
  if (!result) {
    ADD_FAILURE() << result.error().describe("test.wasm");
    return {};
  }
  return std::move(result->bytes);
}

}  // namespace wasmc::test
