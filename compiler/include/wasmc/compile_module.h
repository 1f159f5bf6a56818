// From the bytes of a WebAssembly module to a loaded one, in programs that link wasmc::compiler and
// wasmc::runtime.
#ifndef WASMC_COMPILE_MODULE_H
#define WASMC_COMPILE_MODULE_H

#include <wasmc/artifact_cache.h>
#include <wasmc/compiler.h>
#include <wasmc/module.h>

#include <array>
#include <span>

namespace wasmc::compiler {

// Where the compiler runs. In a child process what happens to it does not happen to the program (see
// compileInChild for what that asks of the program).
enum class Isolation { ChildProcess, InProcess };

// The artifact of a binary module in memory; of the options the output must be left a shared object.
inline Result<std::vector<uint8_t>> compileToBytes(std::span<const uint8_t> wasm,
                                                   const CompileOptions& options = {},
                                                   Isolation isolation = Isolation::ChildProcess) {
  const auto toError = [](const CompileError& e) { return error(ErrorCode::Compile, e.describe("module")); };
  if (isolation == Isolation::ChildProcess) {
    auto artifact = compileInChild(wasm, options);
    if (!artifact) return toError(artifact.error());
    return *std::move(artifact);
  }
  auto result = compile(wasm, options);
  if (!result) return toError(result.error());
  return std::move(result->bytes);
}

// Compiles and loads. ErrorCode::Compile if the module is invalid or the compiler fails.
inline Result<Module> compileModule(const Engine& engine, std::span<const uint8_t> wasm,
                                    const CompileOptions& options = {},
                                    Isolation isolation = Isolation::ChildProcess) {
  const Result<std::vector<uint8_t>> artifact = compileToBytes(wasm, options, isolation);
  if (!artifact) return std::unexpected(artifact.error());
  return Module::fromBytes(engine, *artifact);
}

// The same, but what the cache has is not compiled again, and what is compiled goes there. ErrorCode::Io if
// the cache cannot be written to.
inline Result<Module> compileModule(const Engine& engine, std::span<const uint8_t> wasm,
                                    const ArtifactCache& cache, const CompileOptions& options = {},
                                    Isolation isolation = Isolation::ChildProcess) {
  const auto settings = describeSettings(options);
  if (!settings) return error(ErrorCode::Compile, settings.error().describe("module"));
  const std::string key = cacheKey(std::array{hashOf(wasm), *settings});
  // What can not be loaded (after a power failure) is made again.
  if (const auto path = cache.find(key))
    if (Result<Module> module = Module::load(engine, *path)) return module;
  const Result<std::vector<uint8_t>> artifact = compileToBytes(wasm, options, isolation);
  if (!artifact) return std::unexpected(artifact.error());
  auto file = cache.create(key);
  if (!file) return error(ErrorCode::Io, file.error());
  if (const auto written = file->write(*artifact); !written) return error(ErrorCode::Io, written.error());
  const auto path = file->commit();
  if (!path) return error(ErrorCode::Io, path.error());
  return Module::load(engine, *path);
}

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILE_MODULE_H
