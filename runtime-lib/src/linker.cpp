#include <wasmc/linker.h>

#include "instance_impl.h"
#include "instantiate.h"
#include "resolve.h"
#include "store_impl.h"

namespace wasmc {

Linker::Linker(const Engine& engine) : impl_(std::make_unique<detail::LinkerImpl>(engine)) {}
Linker::Linker(Linker&&) noexcept = default;
Linker& Linker::operator=(Linker&&) noexcept = default;
Linker::~Linker() = default;

void Linker::defineHost(std::string_view module, std::string_view name, detail::HostFunctionPtr function) {
  impl_->define(module, name, std::move(function));
}

void Linker::define(std::string_view module, std::string_view name, const Extern& item) {
  impl_->define(module, name, item);
}

void Linker::define(std::string_view module, std::string_view name, const SharedMemory& memory) {
  impl_->define(module, name, memory);
}

void Linker::defineInstance(std::string_view module, const Instance& instance) {
  for (auto& [name, item] : instance.exports()) define(module, name, item);
}

std::optional<ExternType> Linker::typeOf(std::string_view module, std::string_view name) const {
  const detail::Definition* found = impl_->find(module, name);
  return found ? std::optional(detail::typeOf(*found)) : std::nullopt;
}

Result<Instance> Linker::instantiate(StoreRef store, const Module& module) const {
  auto imports = detail::resolveImports(*impl_, *module.impl(), store);
  if (!imports) return std::unexpected(std::move(imports).error());
  Result<detail::InstanceImpl*> instance = detail::instantiate(*store.impl(), module.impl(), *imports);
  if (!instance) return std::unexpected(std::move(instance).error());
  return Instance(*instance);
}

}  // namespace wasmc
