// What both kinds of headers say: imports by the module that they come from, exports, and the texts of types
// and literals.
#ifndef WASMC_COMPILER_HEADER_INTERFACE_H
#define WASMC_COMPILER_HEADER_INTERFACE_H

#include "frontend/module.h"
#include "header/header.h"
#include "header/identifiers.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wasmc::compiler {

// As the runtime library writes it: "func (i32) -> (i32)", "memory 1..2", "global mut i32".
std::string typeText(const Module& module, ExternKind kind, uint32_t index);

// A string literal of these bytes. Its length has to be given beside it: there may be zeros in it.
std::string literal(std::string_view bytes);
// The literal and the length: {"env", 3}.
std::string sized(std::string_view bytes);

// Something that is imported or exported, and what it is called in the header.
struct Named {
  std::string identifier;
  std::string module;  // of an import
  std::string name;
  ExternKind kind;
  uint32_t index;
};

// The imports from one module.
struct ImportGroup {
  std::string identifier;
  std::vector<Named> items;
};

// What decides about names and about what the host can provide in a language.
struct LanguageRules {
  // Names that the header itself uses among those of exports, of groups, and within a group.
  std::span<const std::string_view> export_scope;
  std::span<const std::string_view> group_scope;
  // Whether a group's own name means something else inside of it.
  bool group_name_reserved;
  // Whether names of imports may have zeros in them.
  bool zeros_in_names;
  bool (*can_provide)(const FuncType& type);
};

struct Interface {
  Interface(const Module& module, const HeaderInfo& info, const LanguageRules& rules);

  const Module& module;
  std::string name;  // identifier of the module
  std::vector<ImportGroup> groups;
  std::vector<Named> exports;
  bool complete = true;  // nothing is imported but what is in `groups`: not WASI, for example

  const FuncType& funcType(const Named& function) const { return module.functionType(function.index); }
  std::string typeOf(const Named& item) const { return typeText(module, item.kind, item.index); }
};

// The rows of a signature, for wasmc::ModuleSignature and wasmc_module_signature_t alike.
std::string signatureItems(const Module& module, std::string_view indent);
std::string hashBytes(const HeaderInfo& info);  // "0x12, 0x34, …"

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_HEADER_INTERFACE_H
