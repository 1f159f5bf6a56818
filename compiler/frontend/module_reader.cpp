// Types, imports, definitions, exports; module_segments.cpp has segments, bodies and constant expressions.
#include "frontend/module_reader.h"

#include "frontend/byte_reader.h"
#include "frontend/wabt_errors.h"
#include "frontend/wabt_outline.h"
#include "frontend/wabt_types.h"

namespace wasmc::compiler {
namespace {

constexpr uint64_t kMaxPages32 = uint64_t{1} << 16;
constexpr uint64_t kMaxPages64 = uint64_t{1} << 48;
constexpr uint64_t kMaxTable32 = UINT32_MAX;

}  // namespace

uint32_t OutlineReader::itemCount(SectionId id) const {
  const Section* section = sections_.find(id);
  return section ? ByteReader(module_.bytes, section->begin, section->end).u32().value_or(0) : 0;
}

std::string OutlineReader::dataCountMismatch(size_t found) const {
  return "the data count section promises " + std::to_string(*data_count_) + " data segments, found " +
         std::to_string(found);
}

// Names the proposal where wabt only found something that it does not know.
std::string OutlineReader::explain(const std::string& message) const {
  const auto has = [&](const char* part) { return message.find(part) != std::string::npos; };
  const size_t at = core_.original(state->offset);
  const uint8_t last = at > 0 ? module_.bytes[at - 1] : 0;
  if (has("type form"))
    return explainTypeForm(last).value_or("unknown form of type: found " + hex(last) + ", expected 0x60");
  if (has("64-bit")) return cannotRead("64-bit tables", "a table with a 64-bit index");
  if (has("memory limits flag") && last & 0x08)
    return cannotRead("custom page sizes", "a memory with a page size");
  if (has("limits flag")) return message + ", expected at most 7";
  if (has("may not be shared")) return "unknown flags of a table: found " + hex(last) + ", expected 0 or 1";
  if (section_ == SectionId::Table && last == 0x40)
    return cannotRead("typed function references", "a table with an initial value");
  if (has("malformed import kind") && last == 0x20)
    return cannotRead("custom descriptors", "an import of an exact function type");
  if (has("import kind") || has("external kind")) return message + ", expected at most 4";
  if (has("mutability must be"))
    return "unknown mutability of a global: found " + hex(last) + ", expected 0 or 1";
  if (has("expected ref.null or ref.func"))
    return cannotRead("garbage collection", "an element that is not ref.func, ref.null or global.get");
  if (has("function body count"))
    return "the function section promises " +
           std::to_string(module_.functions.size() - module_.imported_functions) +
           " function bodies, found " + std::to_string(itemCount(SectionId::Code));
  if (has("DataCount section")) return dataCountMismatch(itemCount(SectionId::Data));
  if (has("local count"))
    return "too many locals: found at least " + std::to_string(UINT32_MAX) + ", the limit is " +
           std::to_string(limits::kLocals);
  if (has("unfinished section"))
    return "wrong size of a section: its contents end at offset " + hex(at) + ", its size says " +
           hex(sections_.find(section_)->end);
  if (has("type"))
    if (auto proposal = explainValueType(last)) return *proposal;
  if (has("must be a reference type"))
    return "unknown reference type: found " + hex(last) + ", expected 0x70 or 0x6f";
  return rewordReadError(message);
}

std::optional<ValType> OutlineReader::valueType(wabt::Type type) {
  const auto value = valType(type);
  if (!value) {
    reject(explainValueType(typeCode(type)).value_or("unknown value type: found " + hex(typeCode(type))));
    return std::nullopt;
  }
  if (*value == ValType::v128() && !use(Feature::Simd, "the type v128")) return std::nullopt;
  if (value->isRef() && section_ != SectionId::Table && section_ != SectionId::Elem &&
      !use(Feature::ReferenceTypes, "the type " + valTypeText(*value)))
    return std::nullopt;
  return value;
}

bool OutlineReader::addTypes(const wabt::Type* types, Index count, std::vector<ValType>& out) {
  out.reserve(count);
  for (Index i = 0; i < count; ++i) {
    const auto value = valueType(types[i]);
    if (!value) return false;
    out.push_back(*value);
  }
  return true;
}

bool OutlineReader::checkName(const char* what, std::string_view name) {
  return name.size() <= limits::kNameBytes ||
         reject(std::string("the ") + what + " name is too long: found " + std::to_string(name.size()) +
                " bytes, the limit is " + std::to_string(limits::kNameBytes));
}

bool OutlineReader::checkLimits(const WabtLimits& limits, uint64_t maximum, const char* what, Limits& out) {
  const auto describe = [&](const char* bound, uint64_t found, const std::string& expected) {
    return reject(std::string("invalid limits of a ") + what + ": the " + bound + " is " +
                  std::to_string(found) + ", expected " + expected);
  };
  if (limits.initial > maximum)
    return describe("minimum", limits.initial, "at most " + std::to_string(maximum));
  if (limits.has_max && limits.max > maximum)
    return describe("maximum", limits.max, "at most " + std::to_string(maximum));
  if (limits.has_max && limits.max < limits.initial)
    return describe("maximum", limits.max, "at least the minimum of " + std::to_string(limits.initial));
  out.min = limits.initial;
  if (limits.has_max) out.max = limits.max;
  out.is64 = limits.is_64;
  out.shared = limits.is_shared;
  return true;
}

bool OutlineReader::addFunction(Index type, bool imported) {
  if (type >= module_.types.size()) return badIndex("type", type, module_.types.size());
  if (module_.functions.size() >= limits::kFunctions)
    return tooMany("functions", module_.functions.size() + 1, limits::kFunctions), false;
  Function function;
  function.type = type;
  function.imported = imported;
  module_.functions.push_back(std::move(function));
  return true;
}

bool OutlineReader::addTable(wabt::Type element, const WabtLimits& limits, bool imported) {
  const auto type = valueType(element);
  if (!type) return false;
  if (*type != ValType::funcref() && !use(Feature::ReferenceTypes, "a table of " + valTypeText(*type)))
    return false;
  if (!module_.tables.empty() && !use(Feature::ReferenceTypes, "several tables")) return false;
  Table table{{*type, {}}, {}, imported, false};
  if (!checkLimits(limits, kMaxTable32, "table", table.type.limits)) return false;
  module_.tables.push_back(std::move(table));
  return true;
}

bool OutlineReader::addMemory(const WabtLimits& limits, bool imported) {
  if (!module_.memories.empty() && !use(Feature::MultiMemory, "several memories")) return false;
  if (limits.is_64 && !use(Feature::Memory64, "a memory with 64-bit addresses")) return false;
  if (limits.is_shared && !use(Feature::Threads, "a shared memory")) return false;
  if (limits.is_shared && !limits.has_max) return reject("a shared memory has no maximum, expected one");
  Memory memory{{}, imported, false};
  if (!checkLimits(limits, limits.is_64 ? kMaxPages64 : kMaxPages32, "memory", memory.type.limits))
    return false;
  module_.memories.push_back(memory);
  return true;
}

bool OutlineReader::addGlobal(wabt::Type type, bool is_mutable, bool imported) {
  const auto value = valueType(type);
  if (!value) return false;
  module_.globals.push_back({{*value, is_mutable, 0}, {}, imported, false});
  return true;
}

bool OutlineReader::addTag(Index type, bool imported) {
  if (!use(Feature::Exceptions, "a tag")) return false;
  if (type >= module_.types.size()) return badIndex("type", type, module_.types.size());
  if (!module_.types[type].results.empty())
    return reject("the type of a tag has " + std::to_string(module_.types[type].results.size()) +
                  " results, expected none");
  module_.tags.push_back({type, imported});
  return true;
}

bool OutlineReader::addExport(ExternKind kind, Index index, std::string_view name) {
  if (!checkName("export", name)) return false;
  if (!export_names_.insert(name).second)
    return reject("duplicate export name: \"" + std::string(name.substr(0, 200)) + "\" is exported twice");
  if (!markExported(kind, index)) return false;
  module_.exports.push_back({std::string(name), kind, index});
  return true;
}

bool OutlineReader::markExported(ExternKind kind, Index index) {
  const auto mark = [&](const char* what, auto& items) {
    if (index >= items.size()) return badIndex(what, index, items.size());
    return items[index].exported = true;
  };
  switch (kind) {
    case ExternKind::Func: return mark("function", module_.functions);
    case ExternKind::Table: return mark("table", module_.tables);
    case ExternKind::Memory: return mark("memory", module_.memories);
    case ExternKind::Global:
      if (index < module_.globals.size() && module_.globals[index].type.is_mutable &&
          !use(Feature::MutableGlobals, "an exported mutable global"))
        return false;
      return mark("global", module_.globals);
    case ExternKind::Tag: return index < module_.tags.size() || badIndex("tag", index, module_.tags.size());
  }
  return reject("unknown kind of export");
}

wabt::Result OutlineReader::OnStartFunction(Index function) {
  if (function >= module_.functions.size())
    return badIndex("start function", function, module_.functions.size()), failed();
  const FuncType& type = module_.functionType(function);
  if (!type.params.empty() || !type.results.empty())
    return fail("the start function has " + std::to_string(type.params.size()) + " parameters and " +
                std::to_string(type.results.size()) + " results, expected none");
  module_.start = function;
  return nextItem();
}
std::optional<Diagnostic> OutlineReader::checkWhole() {
  if (data_count_ && *data_count_ != module_.data_segments.size())
    setError(dataCountMismatch(module_.data_segments.size()));
  if (data_count_ && !error_) use(Feature::BulkMemory, "a data count section");
  return std::move(error_);
}

std::optional<Diagnostic> readOutline(Module& module, const SectionTable& sections, FeatureGate& gate) {
  const CoreBytes core(module.bytes, sections);
  OutlineReader reader(module, sections, core, gate);
  wabt::ReadBinaryOptions options;
  options.features = readerFeatures(true);
  options.skip_function_bodies = true;
  const wabt::Result result = wabt::ReadBinary(core.bytes().data(), core.bytes().size(), &reader, options);
  if (wabt::Failed(result)) return reader.takeError();
  return reader.checkWhole();
}

}  // namespace wasmc::compiler
