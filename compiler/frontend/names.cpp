#include "frontend/names.h"

#include "frontend/byte_reader.h"
#include "frontend/limits.h"

namespace wasmc::compiler {
namespace {

enum class NameSubsection : uint8_t { Module = 0, Function = 1 };

// The next string, if it can serve as a name: others are skipped as empty ones. Nothing at the end.
std::optional<std::string_view> readName(ByteReader& in) {
  const auto name = in.string();
  if (name && (name->size() > limits::kNameBytes || !isUtf8(*name))) return std::string_view();
  return name;
}

void readFunctionNames(ByteReader in, Module& module) {
  const auto count = in.u32();
  for (uint32_t i = 0; count && i < *count; ++i) {
    const auto index = in.u32();
    if (!index) return;
    const auto name = readName(in);
    if (!name) return;
    if (*index < module.functions.size()) module.functions[*index].name = *name;
  }
}

void readNameSection(std::span<const uint8_t> bytes, Module& module) {
  ByteReader in(bytes, 0, bytes.size());
  while (const auto id = in.byte()) {
    const auto size = in.u32();
    if (!size) return;
    auto contents = in.sub(*size);
    if (!contents) return;
    if (*id == static_cast<uint8_t>(NameSubsection::Function)) readFunctionNames(*contents, module);
    if (*id == static_cast<uint8_t>(NameSubsection::Module)) module.name = readName(*contents).value_or("");
  }
}

}  // namespace

void readNames(Module& module) {
  for (const CustomSection& section : module.custom_sections)
    if (section.name == "name") readNameSection(section.bytes, module);
  for (const Export& e : module.exports)
    if (e.kind == ExternKind::Func && module.functions[e.index].name.empty())
      module.functions[e.index].name = e.name;
}

}  // namespace wasmc::compiler
