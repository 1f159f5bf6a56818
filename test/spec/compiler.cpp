#include "artifacts.h"

#ifdef WASMC_SPEC_COMPILES
#include <wasmc/compiler.h>

#include <fstream>
#include <iterator>
#endif

namespace wasmc::spec {

#ifdef WASMC_SPEC_COMPILES

Compile compilerFor(const std::string& target, const std::string& cpu, const Modes& modes) {
  return [target, cpu, modes](const std::filesystem::path& wasm, const std::string& level) -> Compiled {
    std::ifstream file(wasm, std::ios::binary);
    if (!file) return std::unexpected("can not read " + wasm.string());
    const std::vector<uint8_t> bytes{std::istreambuf_iterator<char>(file), {}};
    compiler::CompileOptions options;
    options.opt_level = level;
    options.target = target;
    options.cpu = cpu;
    options.fuel = modes.fuel;
    options.epochs = modes.epochs;
    if (modes.explicit_bounds) options.bounds = compiler::Bounds::Explicit;
    options.threads = 1;
    auto compiled = compiler::compile(bytes, options);
    if (!compiled) return std::unexpected(compiled.error().message);
    return std::move(compiled->bytes);
  };
}

#else

Compile compilerFor(const std::string&, const std::string&, const Modes&) { return nullptr; }

#endif

}  // namespace wasmc::spec
