#include <wasmc/compiler.h>

#include <utility>

#include "guest.h"

namespace wasmc::test {
namespace {

std::vector<uint8_t> toBinary(std::string_view module, const compiler::CompileOptions& options) {
  if (isBinary(module)) return {module.begin(), module.end()};
  auto wasm = compiler::assemble(module, options);
  if (wasm) return std::move(*wasm);
  ADD_FAILURE() << wasm.error().describe("test.wat");
  return {};
}

}  // namespace

std::vector<uint8_t> compileNow(std::string_view wat, std::string_view opt_level) {
  compiler::CompileOptions options;
  options.opt_level = opt_level.substr(0, opt_level.find(' '));
  options.strict_traps = opt_level.contains(" --strict-traps");
  options.fuel = opt_level.contains(" --fuel");
  options.epochs = opt_level.contains(" --epochs");
  if (opt_level.contains(" --bounds=explicit")) options.bounds = compiler::Bounds::Explicit;
  options.threads = 1;
  const std::vector<uint8_t> wasm = toBinary(wat, options);
  if (wasm.empty()) return {};
  auto result = compiler::compile(wasm, options);
  if (!result) {
    ADD_FAILURE() << result.error().describe("test.wasm");
    return {};
  }
  return std::move(result->bytes);
}

}  // namespace wasmc::test
