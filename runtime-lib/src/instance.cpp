#include <wasmc/caller.h>
#include <wasmc/instance.h>

#include "instance_impl.h"
#include "instantiate.h"
#include "store_impl.h"

namespace wasmc {
namespace {

Result<Extern> findOfKind(const Instance& instance, std::string_view name, ExternKind wanted) {
  std::optional<Extern> found = instance.find(name);
  if (found && found->index() == static_cast<size_t>(wanted)) return *std::move(found);
  const std::string expected = std::string(toString(wanted)) + " '" + std::string(name) + "'";
  if (found)
    return error(ErrorCode::ExportNotFound,
                 "the export is a " + toString(typeOf(*found)) + ", expected " + expected);
  return error(ErrorCode::ExportNotFound, "the instance does not export " + expected);
}

template <typename T>
Result<T> get(const Instance& instance, std::string_view name, ExternKind kind) {
  Result<Extern> found = findOfKind(instance, name, kind);
  if (!found) return std::unexpected(std::move(found).error());
  return std::get<T>(*found);
}

}  // namespace

Result<Instance> Instance::create(StoreRef store, const Module& module, std::span<const Extern> imports) {
  const std::vector<detail::Definition> definitions(imports.begin(), imports.end());
  if (Result<void> checked = detail::checkImports(definitions, *module.impl(), store); !checked)
    return std::unexpected(std::move(checked).error());
  std::vector<const detail::Definition*> found;
  for (const detail::Definition& definition : definitions) found.push_back(&definition);
  Result<detail::InstanceImpl*> instance = detail::instantiate(*store.impl(), module.impl(), found);
  if (!instance) return std::unexpected(std::move(instance).error());
  return Instance(*instance);
}

std::vector<std::pair<std::string, Extern>> Instance::exports() const {
  const abi::MetadataView& meta = impl_->meta();
  std::vector<std::pair<std::string, Extern>> result;
  for (uint32_t i = 0; i < meta.exports().size(); ++i)
    result.emplace_back(meta.string(meta.exports()[i].name), impl_->exported(i));
  return result;
}

std::optional<Extern> Instance::find(std::string_view name) const {
  const uint32_t index = impl_->artifact().findExport(name);
  if (index == abi::kNone) return std::nullopt;
  return impl_->exported(index);
}

Result<Func> Instance::func(std::string_view name) const { return get<Func>(*this, name, ExternKind::Func); }
Result<Memory> Instance::memory(std::string_view name) const {
  return get<Memory>(*this, name, ExternKind::Memory);
}
Result<Table> Instance::table(std::string_view name) const {
  return get<Table>(*this, name, ExternKind::Table);
}
Result<Global> Instance::global(std::string_view name) const {
  return get<Global>(*this, name, ExternKind::Global);
}
Result<Tag> Instance::tag(std::string_view name) const { return get<Tag>(*this, name, ExternKind::Tag); }

Module Instance::module() const { return Module(impl_->module()); }
StoreRef Instance::store() const { return StoreRef(&impl_->store()); }

std::optional<Instance> Caller::instance() const {
  if (!header_->runtime) return std::nullopt;
  return Instance(static_cast<detail::InstanceImpl*>(header_->runtime));
}

Result<Memory> Caller::memory() const {
  const auto* instance = static_cast<const detail::InstanceImpl*>(header_->runtime);
  abi::MemoryInstance* memory = instance ? instance->exportedMemory() : nullptr;
  if (!memory)
    return error(ErrorCode::ExportNotFound,
                 "the caller of the host function does not export a memory 'memory'");
  return Memory::fromRaw(memory);
}

StoreRef Caller::store() const { return StoreRef(static_cast<detail::StoreImpl*>(header_->store)); }

}  // namespace wasmc
