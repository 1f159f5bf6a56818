#include <wasmc/module_signature.h>
#include <wasmc/text.h>

#include <map>
#include <string>
#include <utility>

namespace wasmc {
namespace {

// More differences than this help nobody.
constexpr size_t kMostLines = 20;

std::string label(bool import, std::string_view module, std::string_view name) {
  return import ? "import " + printable(module) + "." + printable(name) : "export " + printable(name);
}

std::string hex(const std::array<uint8_t, 32>& hash) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const uint8_t byte : hash) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

// Labels and types. Of imports with one name the last is enough.
using Types = std::map<std::string, std::string>;

Types typesOf(const Module& module) {
  Types types;
  for (const ImportType& i : module.imports()) types[label(true, i.module, i.name)] = toString(i.type);
  for (const ExportType& e : module.exports()) types[label(false, {}, e.name)] = toString(e.type);
  return types;
}

Types typesOf(std::span<const ModuleSignature::Item> items) {
  Types types;
  for (const ModuleSignature::Item& item : items)
    types[label(item.import, item.module, item.name)] = item.type;
  return types;
}

std::string differences(const Types& found, const Types& expected) {
  std::string text;
  size_t count = 0;
  const auto add = [&](const std::string& line) {
    if (++count <= kMostLines) text += "\n  " + line;
  };
  for (const auto& [name, type] : expected) {
    const auto other = found.find(name);
    if (other == found.end())
      add(name + ": not there, expected " + type);
    else if (other->second != type)
      add(name + ": found " + other->second + ", expected " + type);
  }
  for (const auto& [name, type] : found)
    if (!expected.contains(name)) add(name + ": found " + type + ", expected nothing of this name");
  if (count > kMostLines) text += "\n  and " + std::to_string(count - kMostLines) + " more";
  return count == 0 ? "\n  imports and exports are the same" : text;
}

}  // namespace

Result<void> ModuleSignature::check(const Module& module) const {
  const std::array<uint8_t, 32> found = module.sourceHash();
  if (found == source_hash) return {};
  return error(ErrorCode::Type, "the artifact is not of the module " + printable(name) +
                                    " that its header was made of: found source " + hex(found) +
                                    ", expected " + hex(source_hash) +
                                    "; make both anew (wasmc --emit-header)" +
                                    differences(typesOf(module), typesOf(items)));
}

Result<Module> ModuleSignature::accept(Result<Module> module) const {
  if (!module) return module;
  if (Result<void> checked = check(*module); !checked) return std::unexpected(std::move(checked).error());
  return module;
}

}  // namespace wasmc
