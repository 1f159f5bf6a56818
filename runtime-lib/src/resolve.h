// Imports and what they are given.
#ifndef WASMC_RESOLVE_H
#define WASMC_RESOLVE_H

#include <wasmc/detail/host_function.h>
#include <wasmc/extern.h>
#include <wasmc/types.h>

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "module_impl.h"

namespace wasmc::detail {

class StoreImpl;

// A host function or shared memory of no store, or something of one.
using Definition = std::variant<HostFunctionPtr, Extern, SharedMemory>;

class LinkerImpl {
 public:
  explicit LinkerImpl(const Engine& e) : engine(e) {}

  void define(std::string_view module, std::string_view name, Definition definition);
  const Definition* find(std::string_view module, std::string_view name) const;

  const Engine engine;

 private:
  using Names = std::map<std::string, Definition, std::less<>>;
  std::map<std::string, Names, std::less<>> modules_;
};

ExternType typeOf(const Definition& definition);

// The definition for each import, in the module's order. ErrorCode::Link with everything that is missing or
// does not fit.
Result<std::vector<const Definition*>> resolveImports(const LinkerImpl& linker, const ModuleImpl& module,
                                                      StoreRef store);

// The same for definitions that are given in the module's order, which become the imports if they fit.
Result<void> checkImports(std::span<const Definition> definitions, const ModuleImpl& module, StoreRef store);

// Whether an import of type `wanted` accepts something of type `found`.
bool matches(const ExternType& found, const ExternType& wanted);

}  // namespace wasmc::detail

#endif  // WASMC_RESOLVE_H
