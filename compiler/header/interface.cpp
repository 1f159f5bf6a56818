#include "header/interface.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace wasmc::compiler {
namespace {

std::string listText(const std::vector<ValType>& types) {
  std::string text;
  for (const ValType type : types) text += (text.empty() ? "" : ", ") + valTypeText(type);
  return "(" + text + ")";
}

std::string limitsText(const Limits& limits) {
  std::string text = limits.is64 ? "i64 " : "";
  text += std::to_string(limits.min) + "..";
  if (limits.max != UINT64_MAX) text += std::to_string(limits.max);
  return limits.shared ? text + " shared" : text;
}

// These come from the runtime library, not from the host.
bool isWasi(std::string_view module) {
  return module == "wasi_snapshot_preview1" || module == "wasi_unstable" || module == "wasi";
}

bool canProvide(const Module& module, const Import& import, const LanguageRules& rules) {
  const bool has_zeros = (import.module + import.name).find('\0') != std::string::npos;
  if (isWasi(import.module) || (has_zeros && !rules.zeros_in_names)) return false;
  return import.kind != ExternKind::Func || rules.can_provide(module.functionType(import.index));
}

}  // namespace

std::string typeText(const Module& module, ExternKind kind, uint32_t index) {
  switch (kind) {
    case ExternKind::Func: {
      const FuncType& type = module.functionType(index);
      return "func " + listText(type.params) + " -> " + listText(type.results);
    }
    case ExternKind::Table: {
      const TableType& type = module.tables[index].type;
      return "table " + limitsText(type.limits) + " " + valTypeText(type.element);
    }
    case ExternKind::Memory: return "memory " + limitsText(module.memories[index].type.limits);
    case ExternKind::Global: {
      const GlobalType& type = module.globals[index].type;
      return (type.is_mutable ? "global mut " : "global ") + valTypeText(type.type);
    }
    case ExternKind::Tag: break;
  }
  return "tag " + listText(module.types[module.tags[index].type].params);
}

std::string literal(std::string_view bytes) {
  // No escape but an octal one of three digits: those end, whatever follows. The question mark, too, because
  // of trigraphs.
  std::string text = "\"";
  for (const char c : bytes) {
    if (c >= ' ' && c < 0x7f && c != '"' && c != '\\' && c != '?') {
      text += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    text += '\\';
    for (const int shift : {6, 3, 0}) text += static_cast<char>('0' + ((byte >> shift) & 7));
  }
  return text + '"';
}

std::string sized(std::string_view bytes) {
  return "{" + literal(bytes) + ", " + std::to_string(bytes.size()) + "}";
}

Interface::Interface(const Module& m, const HeaderInfo& info, const LanguageRules& rules) : module(m) {
  name = Identifiers(rules.export_scope).take(info.name.empty() ? "module" : info.name);

  Identifiers group_names({});
  std::map<std::string_view, size_t> positions;
  std::vector<Identifiers> scopes;
  std::set<std::tuple<std::string_view, std::string_view, std::string>>
      seen;  // what is imported twice is one
  for (const Import& import : module.imports) {
    const bool provided = canProvide(module, import, rules);
    complete = complete && provided;
    if (!provided ||
        !seen.emplace(import.module, import.name, typeText(module, import.kind, import.index)).second)
      continue;
    const auto [position, is_new] = positions.try_emplace(import.module, groups.size());
    if (is_new) {
      groups.push_back({group_names.take(import.module), {}});
      scopes.emplace_back(rules.group_scope);
      if (rules.group_name_reserved) scopes.back().take(groups.back().identifier);
    }
    groups[position->second].items.push_back(
        {scopes[position->second].take(import.name), import.module, import.name, import.kind, import.index});
  }

  Identifiers scope(rules.export_scope);
  for (const Export& e : module.exports) exports.push_back({scope.take(e.name), {}, e.name, e.kind, e.index});
}

std::string signatureItems(const Module& module, std::string_view indent) {
  std::string rows;
  const auto add = [&](bool import, std::string_view from, std::string_view name, ExternKind kind,
                       uint32_t index) {
    rows += std::string(indent) + "{" + (import ? "true, " : "false, ") + sized(from) + ", " + sized(name) +
            ", " + sized(typeText(module, kind, index)) + "},\n";
  };
  for (const Import& i : module.imports) add(true, i.module, i.name, i.kind, i.index);
  for (const Export& e : module.exports) add(false, {}, e.name, e.kind, e.index);
  return rows;
}

std::string hashBytes(const HeaderInfo& info) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const uint8_t byte : info.source_sha256) {
    text += text.empty() ? "0x" : ", 0x";
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

}  // namespace wasmc::compiler
