#include <wasmc/host_registry.h>
#include <wasmc/text.h>

#include <algorithm>

namespace wasmc {
namespace {

std::string listOf(const auto& groups) {
  std::string text;
  for (const auto& [name, group] : groups) text += (text.empty() ? "" : ", ") + printable(name);
  return text.empty() ? "none" : text;
}

// What keeps the linker from giving the module this import; empty if nothing does. Other things than
// functions have types that only an instantiation can compare.
std::string problemOf(const ImportType& import, const Linker& linker, bool allowed) {
  const std::string line =
      "\n  " + printable(import.module) + "." + printable(import.name) + ": " + toString(import.type);
  const std::optional<ExternType> found = linker.typeOf(import.module, import.name);
  if (!found)
    return line +
           (allowed ? ": the namespace has no such function" : ": the namespace is not in the manifest");
  const bool fits = std::holds_alternative<FuncType>(import.type) ? *found == import.type
                                                                  : found->index() == import.type.index();
  return fits ? "" : line + ", found " + toString(*found);
}

}  // namespace

HostRegistry::Group& HostRegistry::group(std::string_view name) { return groups_[std::string(name)]; }

Result<Linker> HostRegistry::link(const Engine& engine, const Manifest& manifest,
                                  const Module& module) const {
  Linker linker(engine);
  std::string unknown;
  for (const std::string& name : manifest.namespaces) {
    const auto found = groups_.find(name);
    if (found == groups_.end()) {
      unknown += "\n  " + printable(name);
      continue;
    }
    for (const auto& [function, code] : found->second.functions_) linker.defineHost(name, function, code);
    for (const auto& installer : found->second.installers_)
      if (Result<void> installed = installer(linker); !installed)
        return std::unexpected(std::move(installed).error());
  }

  std::string missing;
  for (const ImportType& import : module.imports())
    missing += problemOf(import, linker,
                         std::ranges::find(manifest.namespaces, import.module) != manifest.namespaces.end());
  std::string message;
  if (!unknown.empty())
    message =
        "the manifest has namespaces that the host does not have (it has " + listOf(groups_) + "):" + unknown;
  if (!missing.empty()) {
    const std::string name = module.name().empty() ? "the module" : "module " + printable(module.name());
    message +=
        (message.empty() ? "" : "\n") + name + " imports what its manifest does not give it:" + missing;
  }
  if (!message.empty()) return error(ErrorCode::Link, std::move(message));
  return linker;
}

}  // namespace wasmc
