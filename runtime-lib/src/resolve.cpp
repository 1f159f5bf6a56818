#include "resolve.h"

#include <wasmc/text.h>

#include "artifact.h"
#include "log.h"
#include "shared_memory_impl.h"
#include "value_check.h"

namespace wasmc::detail {
namespace {

// The specification's matching of limits: at least the minimum, and a maximum not above the wanted one.
bool limitsMatch(const Limits& found, const Limits& wanted) {
  return found.is64 == wanted.is64 && found.shared == wanted.shared && found.min >= wanted.min &&
         (!wanted.max || (found.max && *found.max <= *wanted.max));
}

struct Matcher {
  bool operator()(const FuncType& found, const FuncType& wanted) const { return found == wanted; }
  bool operator()(const TableType& found, const TableType& wanted) const {
    return found.element == wanted.element && limitsMatch(found.limits, wanted.limits);
  }
  bool operator()(const MemoryType& found, const MemoryType& wanted) const {
    return limitsMatch(found.limits, wanted.limits);
  }
  bool operator()(const GlobalType& found, const GlobalType& wanted) const {
    if (found.is_mutable != wanted.is_mutable) return false;
    return wanted.is_mutable ? found.type == wanted.type : isSubtype(found.type, wanted.type);
  }
  bool operator()(const TagType& found, const TagType& wanted) const { return found == wanted; }
  template <typename A, typename B>
  bool operator()(const A&, const B&) const {
    return false;
  }
};

bool belongsTo(const Definition& definition, StoreRef store) {
  const auto* item = std::get_if<Extern>(&definition);
  return !item || std::visit([&](const auto& handle) { return handle.store() == store; }, *item);
}

// What is wrong with the imports of one module, in the order of the module.
struct Problems {
  std::string missing;
  std::string incompatible;
  std::string foreign;
  std::string unguarded;

  bool none() const {
    return missing.empty() && incompatible.empty() && foreign.empty() && unguarded.empty();
  }
  std::string text(std::string_view module) const {
    const std::string name = module.empty() ? "the module" : "module " + printable(module);
    std::string result;
    const auto add = [&](const std::string& head, const std::string& list) {
      if (!list.empty()) result += (result.empty() ? "" : "\n") + head + list;
    };
    add("unknown import: " + name + " imports what is not defined:", missing);
    add("incompatible import type: " + name + " imports:", incompatible);
    add("imports from another store: " + name + " imports:", foreign);
    add("memories without guard pages, which only modules compiled with --bounds=explicit can use: " + name +
            " imports:",
        unguarded);
    return result;
  }
};

// Code that leaves bounds to guard pages must not get a memory that has none.
bool lacksGuard(const Definition& definition, const Artifact& artifact) {
  if (artifact.memoryGuard() == MemoryGuard::None) return false;
  const auto lacks = [](const abi::MemoryInstance& memory, bool is64) {
    return memory.reserved_size < abi::reservationSize(is64);
  };
  if (const auto* shared = std::get_if<SharedMemory>(&definition))
    return lacks(shared->impl()->instance(), shared->type().limits.is64);
  const auto* item = std::get_if<Extern>(&definition);
  const auto* memory = item ? std::get_if<Memory>(item) : nullptr;
  return memory && lacks(*memory->raw(), memory->type().limits.is64);
}

void check(const Artifact& artifact, const abi::ImportEntry& import, const ExternType& wanted,
           const Definition* found, StoreRef store, Problems& problems) {
  const abi::MetadataView& meta = artifact.meta();
  const std::string label = printable(meta.string(import.module)) + "." + printable(meta.string(import.name));
  const std::string line = "\n  " + label + ": " + toString(wanted);
  if (!found) {
    problems.missing += line;
  } else if (!belongsTo(*found, store)) {
    problems.foreign += line;
  } else if (const ExternType type = typeOf(*found); !matches(type, wanted)) {
    problems.incompatible += line + ", found " + toString(type);
  } else if (lacksGuard(*found, artifact)) {
    problems.unguarded += line;
  } else {
    log::write(log::Category::Link, "%s: %s", label.c_str(), toString(type).c_str());
  }
}

}  // namespace

void LinkerImpl::define(std::string_view module, std::string_view name, Definition definition) {
  modules_[std::string(module)].insert_or_assign(std::string(name), std::move(definition));
}

const Definition* LinkerImpl::find(std::string_view module, std::string_view name) const {
  const auto names = modules_.find(module);
  if (names == modules_.end()) return nullptr;
  const auto definition = names->second.find(name);
  return definition == names->second.end() ? nullptr : &definition->second;
}

ExternType typeOf(const Definition& definition) {
  if (const auto* host = std::get_if<HostFunctionPtr>(&definition)) return (*host)->type;
  if (const auto* memory = std::get_if<SharedMemory>(&definition)) return memory->type();
  return wasmc::typeOf(std::get<Extern>(definition));
}

bool matches(const ExternType& found, const ExternType& wanted) {
  return std::visit(Matcher(), found, wanted);
}

Result<std::vector<const Definition*>> resolveImports(const LinkerImpl& linker, const ModuleImpl& module,
                                                      StoreRef store) {
  const abi::MetadataView& meta = module.artifact->meta();
  std::vector<const Definition*> result;
  Problems problems;
  for (const abi::ImportEntry& import : meta.imports()) {
    const Definition* found = linker.find(meta.string(import.module), meta.string(import.name));
    check(*module.artifact, import, module.typeOf(import.kind, import.index), found, store, problems);
    result.push_back(found);
  }
  if (!problems.none()) return error(ErrorCode::Link, problems.text(module.artifact->name()));
  return result;
}

Result<void> checkImports(std::span<const Definition> definitions, const ModuleImpl& module, StoreRef store) {
  const abi::MetadataView& meta = module.artifact->meta();
  const std::span<const abi::ImportEntry> imports = meta.imports();
  if (definitions.size() > imports.size())
    return error(ErrorCode::Link, std::to_string(definitions.size()) + " imports given, the module has " +
                                      std::to_string(imports.size()));
  Problems problems;
  for (size_t i = 0; i < imports.size(); ++i) {
    const Definition* found = i < definitions.size() ? &definitions[i] : nullptr;
    check(*module.artifact, imports[i], module.typeOf(imports[i].kind, imports[i].index), found, store,
          problems);
  }
  if (!problems.none()) return error(ErrorCode::Link, problems.text(module.artifact->name()));
  return {};
}

}  // namespace wasmc::detail
