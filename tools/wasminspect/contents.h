// What modules and artifacts have in common: types, imports, exports and so on. A source is either of them
// behind the same names: lists of the structs that both have in much the same form, and the verbs for where
// they differ.
#ifndef WASMC_TOOLS_WASMINSPECT_CONTENTS_H
#define WASMC_TOOLS_WASMINSPECT_CONTENTS_H

#include "describe.h"

#include <wasmc/abi/types.h>

#include <optional>

namespace wasmc::inspect {

std::string typeText(abi::ValType type);
const char* kindText(abi::ExternKind kind);
const char* modeText(abi::SegmentMode mode);
Json limitsJson(const abi::Limits& limits);
// A number where the expression is a constant, else text.
Json constantJson(std::span<const abi::ConstInstr> expr);
// The same for an address or a table index: not negative.
Json offsetJson(std::span<const abi::ConstInstr> expr);

template <typename Source>
class Contents {
 public:
  explicit Contents(const Source& source) : source_(source) {}

  void addTo(Json& out) const {
    out["types"] = list(source_.types(), [&](const auto& t) { return signature(t); });
    out["imports"] = list(source_.imports(), [&](const auto& i) {
      return Json{{"module", source_.text(i.module)},
                  {"name", source_.text(i.name)},
                  {"kind", kindText(i.kind)},
                  {"type", entity(i.kind, i.index)}};
    });
    out["exports"] = list(source_.exports(), [&](const auto& e) {
      return Json{{"name", source_.text(e.name)},
                  {"kind", kindText(e.kind)},
                  {"index", e.index},
                  {"type", entity(e.kind, e.index)}};
    });
    uint32_t index = 0;
    out["functions"] = list(source_.functions(), [&](const auto& f) {
      Json function{
          {"index", index}, {"type", signature(source_.types()[f.type])}, {"name", source_.text(f.name)}};
      if (index >= source_.importedFunctions()) {
        function["body_size"] = f.body_size;
        if (const auto size = source_.codeSize(index)) function["code_size"] = *size;
      }
      ++index;
      return function;
    });
    out["imported_functions"] = source_.importedFunctions();
    addStorage(out);
    addSegments(out);
    out["start"] = source_.start() ? Json(*source_.start()) : Json(nullptr);
  }

 private:
  static Json list(const auto& elements, const auto& describe) {
    Json all = Json::array();
    for (const auto& e : elements) all.push_back(describe(e));
    return all;
  }

  Json valueTypes(const auto& types) const {
    return list(source_.array(types), [](abi::ValType t) { return Json(typeText(t)); });
  }

  Json signature(const auto& type) const {
    return {{"params", valueTypes(type.params)}, {"results", valueTypes(type.results)}};
  }

  Json tableType(const abi::TableType& type) const {
    return {{"element", typeText(type.element)}, {"limits", limitsJson(type.limits)}};
  }

  Json globalType(const abi::GlobalType& type) const {
    return {{"type", typeText(type.type)}, {"mutable", type.is_mutable != 0}};
  }

  Json entity(abi::ExternKind kind, uint32_t index) const {
    switch (kind) {
      case abi::ExternKind::Func: return signature(source_.types()[source_.functions()[index].type]);
      case abi::ExternKind::Table: return tableType(source_.tables()[index].type);
      case abi::ExternKind::Memory: return limitsJson(source_.memoryLimits(index));
      case abi::ExternKind::Global: return globalType(source_.globals()[index].type);
      case abi::ExternKind::Tag: return signature(source_.types()[source_.tagType(index)]);
    }
    return nullptr;
  }

  void addStorage(Json& out) const {
    out["memories"] = Json::array();
    for (uint32_t i = 0; i < source_.memories().size(); ++i)
      out["memories"].push_back(limitsJson(source_.memoryLimits(i)));
    out["tables"] = list(source_.tables(), [&](const auto& t) { return tableType(t.type); });
    out["globals"] = list(source_.globals(), [&](const auto& g) {
      Json global = globalType(g.type);
      const auto init = source_.array(g.init);
      if (!init.empty()) global["init"] = constantJson(init);
      return global;
    });
    out["tags"] = Json::array();
    for (uint32_t i = 0; i < source_.tags().size(); ++i) {
      out["tags"].push_back(entity(abi::ExternKind::Tag, i));
    }
  }

  void addSegments(Json& out) const {
    out["data_segments"] = list(source_.dataSegments(), [&](const auto& s) {
      Json segment{{"mode", modeText(s.mode)}, {"size", source_.dataSize(s)}};
      if (s.mode == abi::SegmentMode::Active) {
        segment["memory"] = s.memory;
        segment["offset"] = offsetJson(source_.array(s.offset));
      }
      return segment;
    });
    out["elem_segments"] = list(source_.elemSegments(), [&](const auto& s) {
      Json segment{
          {"mode", modeText(s.mode)}, {"type", typeText(s.type)}, {"count", source_.elementCount(s)}};
      if (s.mode == abi::SegmentMode::Active) {
        segment["table"] = s.table;
        segment["offset"] = offsetJson(source_.array(s.offset));
      }
      return segment;
    });
  }

  const Source& source_;
};

}  // namespace wasmc::inspect

#endif  // WASMC_TOOLS_WASMINSPECT_CONTENTS_H
