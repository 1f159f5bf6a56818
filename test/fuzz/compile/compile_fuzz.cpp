// Any bytes through the whole compiler: decoded, lowered, held against LLVM's verifier, optimised, made an
// object, linked. The options follow from the bytes, so that a seed is a plain module.
#include <wasmc/compiler.h>

#include <cstdio>
#include <cstdlib>

namespace {

using namespace wasmc::compiler;

uint32_t hashOf(const uint8_t* data, size_t size) {
  uint32_t hash = 2166136261;
  for (size_t i = 0; i < size; ++i) hash = (hash ^ data[i]) * 16777619;
  return hash ^ hash >> 16;
}

CompileOptions optionsFor(uint32_t hash) {
  static const char* const kLevels[] = {"0", "1", "2", "3", "s"};
  static const char* const kTargets[] = {"", "", "aarch64-linux-gnu", "riscv64-linux-gnu"};
  CompileOptions options;
  options.opt_level = kLevels[hash % 5];
  options.target = kTargets[hash / 8 % 4];
  options.fuel = hash / 32 % 8 == 0;
  options.epochs = hash / 256 % 8 == 0;
  options.strict_traps = hash / 2048 % 8 == 0;
  options.bounds = hash / 16384 % 8 == 0 ? Bounds::Explicit : Bounds::Guard;
  options.threads = 1;
  options.verify = true;
  return options;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto result = compile({data, size}, optionsFor(hashOf(data, size)));
  if (result) return 0;
  // Invalid modules have a place; an error without one is the compiler's.
  const std::string& message = result.error().message;
  if (message.starts_with("internal error")) {
    std::fprintf(stderr, "%s\n", message.c_str());
    std::abort();
  }
  return 0;
}
