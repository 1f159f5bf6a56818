#include <fcntl.h>
#include <wasmc/module.h>

#include <algorithm>
#include <cerrno>

#include "artifact.h"
#include "module_impl.h"
#include "type_registry.h"

namespace wasmc {
namespace detail {

Limits toLimits(const abi::Limits& limits) {
  Limits result;
  result.min = limits.min;
  if (limits.max != UINT64_MAX) result.max = limits.max;
  result.is64 = limits.is64 != 0;
  result.shared = limits.shared != 0;
  return result;
}

GlobalType toGlobalType(const abi::GlobalType& type) { return {type.type, type.is_mutable != 0}; }

TableType toTableType(const abi::TableType& type) { return {type.element, toLimits(type.limits)}; }

const FuncType& ModuleImpl::funcType(uint32_t type) const {
  return TypeRegistry::global().type(artifact->typeIds()[type]);
}

ExternType ModuleImpl::typeOf(ExternKind kind, uint32_t index) const {
  const abi::MetadataView& meta = artifact->meta();
  switch (kind) {
    case ExternKind::Func: return funcType(meta.functions()[index].type);
    case ExternKind::Table: return toTableType(meta.tables()[index].type);
    case ExternKind::Memory: return MemoryType{toLimits(meta.memories()[index].limits)};
    case ExternKind::Global: return toGlobalType(meta.globals()[index].type);
    case ExternKind::Tag: break;
  }
  return TagType{funcType(meta.tags()[index])};
}

Result<void> checkEngine(const Engine& engine, const Artifact& artifact) {
  if (engine.options().signal_handlers || artifact.hasMode(abi::kModeExplicitBounds)) return {};
  return error(ErrorCode::Unsupported,
               "'" + artifact.label() +
                   "': compiled for guard pages and signal handlers, which EngineOptions::signal_handlers "
                   "turns off; compile the module with --bounds=explicit");
}

namespace {

Result<Module> toModule(const Engine& engine, Result<ArtifactPtr> artifact) {
  if (!artifact) return std::unexpected(std::move(artifact).error());
  if (Result<void> usable = checkEngine(engine, **artifact); !usable)
    return std::unexpected(std::move(usable).error());
  return Module(std::make_shared<ModuleImpl>(engine, *std::move(artifact)));
}

}  // namespace
}  // namespace detail

Result<Module> Module::load(const Engine& engine, const std::filesystem::path& path) {
  os::Fd file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) {
    const int why = errno;
    return error(why == EACCES || why == EPERM ? ErrorCode::Permission : ErrorCode::Io,
                 "cannot open '" + path.string() + "': " + os::errorText(why));
  }
  return detail::toModule(engine, detail::loadFile(std::move(file), path.string()));
}

Result<Module> Module::fromBytes(const Engine& engine, std::span<const uint8_t> bytes) {
  return detail::toModule(engine, detail::loadBytes(bytes));
}

Result<Module> Module::fromDescriptor(const Engine& engine, const abi::Descriptor* descriptor) {
  return detail::toModule(engine, detail::loadDescriptor(descriptor));
}

std::string_view Module::name() const { return impl_->artifact->name(); }

std::vector<ImportType> Module::imports() const {
  const abi::MetadataView& meta = impl_->artifact->meta();
  std::vector<ImportType> result;
  for (const abi::ImportEntry& import : meta.imports())
    result.push_back({std::string(meta.string(import.module)), std::string(meta.string(import.name)),
                      impl_->typeOf(import.kind, import.index)});
  return result;
}

std::vector<ExportType> Module::exports() const {
  const abi::MetadataView& meta = impl_->artifact->meta();
  std::vector<ExportType> result;
  for (const abi::ExportEntry& item : meta.exports())
    result.push_back({std::string(meta.string(item.name)), impl_->typeOf(item.kind, item.index)});
  return result;
}

uint32_t Module::functionCount() const {
  return static_cast<uint32_t>(impl_->artifact->meta().functions().size());
}

FunctionInfo Module::function(uint32_t index) const {
  const abi::MetadataView& meta = impl_->artifact->meta();
  const abi::FunctionEntry& function = meta.functions()[index];
  return {meta.string(function.name), impl_->funcType(function.type), index < meta->imported_functions};
}

std::vector<CustomSection> Module::customSections() const {
  const abi::MetadataView& meta = impl_->artifact->meta();
  std::vector<CustomSection> result;
  for (const abi::CustomSection& section : meta.customSections()) {
    const std::string_view bytes = meta.string(section.bytes);
    result.push_back(
        {meta.string(section.name), {reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()}});
  }
  return result;
}

std::string_view Module::target() const {
  const abi::MetadataView& meta = impl_->artifact->meta();
  return meta.string(meta->target);
}

std::string_view Module::compiler() const {
  const abi::MetadataView& meta = impl_->artifact->meta();
  return meta.string(meta->compiler);
}

std::vector<std::string> Module::wasmFeatures() const {
  const abi::MetadataView& meta = impl_->artifact->meta();
  std::vector<std::string> result;
  for (abi::StringRef name : meta.array(meta->wasm_features)) result.emplace_back(meta.string(name));
  return result;
}

std::vector<std::string> Module::modes() const {
  std::vector<std::string> result;
#define WASMC_MODE(Name, bit, option, meaning) \
  if (impl_->artifact->hasMode(abi::kMode##Name)) result.emplace_back(option);
#include <wasmc/abi/modes.def>
  return result;
}

MemoryGuard Module::memoryGuard() const { return impl_->artifact->memoryGuard(); }

std::array<uint8_t, 32> Module::sourceHash() const {
  std::array<uint8_t, 32> hash;
  std::ranges::copy(impl_->artifact->meta()->source_sha256, hash.begin());
  return hash;
}

Result<std::vector<uint8_t>> Module::serialize() const { return impl_->artifact->readFile(); }

const Engine& Module::engine() const { return impl_->engine; }

}  // namespace wasmc
