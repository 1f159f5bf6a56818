// Compiled modules.
#ifndef WASMC_MODULE_H
#define WASMC_MODULE_H

#include <wasmc/abi/descriptor.h>
#include <wasmc/api.h>
#include <wasmc/engine.h>
#include <wasmc/result.h>
#include <wasmc/types.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wasmc {

namespace detail {
class ModuleImpl;
}

// A custom section of the .wasm file. Both belong to the module: valid as long as a handle to it.
struct CustomSection {
  std::string_view name;
  std::span<const uint8_t> bytes;
};

// A function of a module, exported or not.
struct FunctionInfo {
  std::string_view
      name;  // from the name section, else the name of an export, else empty; as long as the module
  FuncType type;
  bool imported;
};

// A shared handle to something immutable: cheap to copy, usable from any thread. The code is unloaded when
// the last handle and the last store with an instance of the module are gone.
class WASMC_API Module {
 public:
  // Loads a shared object that wasmc made. Everything about it is checked before any of it is mapped
  // executable. Loading a file that is loaded already shares its code. ErrorCode::Unsupported if it needs the
  // signal handlers that the engine's options turn off.
  static Result<Module> load(const Engine& engine, const std::filesystem::path& path);
  // The same for the bytes of a shared object in memory.
  static Result<Module> fromBytes(const Engine& engine, std::span<const uint8_t> bytes);
  // A module that is linked into the program: `extern "C" const wasmc::abi::Descriptor wasmc_module_<name>;`.
  // Maps nothing, needs no file.
  static Result<Module> fromDescriptor(const Engine& engine, const abi::Descriptor* descriptor);

  // The name in the .wasm file's name section; empty if it has none.
  std::string_view name() const;
  // In the order of the module.
  std::vector<ImportType> imports() const;
  std::vector<ExportType> exports() const;
  // All functions, exported or not, by their index: imported ones first.
  uint32_t functionCount() const;
  FunctionInfo function(uint32_t index) const;  // the index must be less than functionCount
  // Those that the artifact has, in the order of the module: `wasmc --keep-custom` says which (docs/cli.md).
  std::vector<CustomSection> customSections() const;
  // Normalised triple: "x86_64-unknown-linux-gnu".
  std::string_view target() const;
  // "wasmc 0.1.0 (LLVM 22.1.8)".
  std::string_view compiler() const;
  // Proposals that the module uses.
  std::vector<std::string> wasmFeatures() const;
  // How it was compiled where that matters to a host, as options of wasmc: "--fuel", "--epochs",
  // "--bounds=explicit".
  std::vector<std::string> modes() const;
  // What the memories must have that it imports.
  MemoryGuard memoryGuard() const;
  // SHA-256 of the .wasm file.
  std::array<uint8_t, 32> sourceHash() const;
  // The artifact's bytes, for fromBytes or a file. ErrorCode::Unsupported for a module that is linked into
  // the program.
  Result<std::vector<uint8_t>> serialize() const;
  const Engine& engine() const;

  const std::shared_ptr<detail::ModuleImpl>& impl() const { return impl_; }
  explicit Module(std::shared_ptr<detail::ModuleImpl> impl) : impl_(std::move(impl)) {}

 private:
  std::shared_ptr<detail::ModuleImpl> impl_;
};

}  // namespace wasmc

#endif  // WASMC_MODULE_H
