// The delegate of wabt's reader that builds a Module; for the adapter's own files only.
//
// wabt calls it for each item of each section; bodies are skipped. The order of sections is such that all
// that an item refers to has been seen: only what a function body uses is left to Validator.
#ifndef WASMC_COMPILER_FRONTEND_WABT_OUTLINE_H
#define WASMC_COMPILER_FRONTEND_WABT_OUTLINE_H

#include "frontend/const_expr.h"
#include "frontend/feature_gate.h"
#include "frontend/limits.h"
#include "frontend/module.h"
#include "frontend/sections.h"
#include "support/diagnostic.h"

#include <wabt/binary-reader-nop.h>

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

namespace wasmc::compiler {

class OutlineReader final : public wabt::BinaryReaderNop {
 public:
  using Index = wabt::Index;
  using WabtLimits = wabt::Limits;

  OutlineReader(Module& module, const SectionTable& sections, const CoreBytes& core, FeatureGate& gate)
      : module_(module), sections_(sections), core_(core), gate_(gate) {}

  std::optional<Diagnostic> takeError() { return std::move(error_); }

  bool OnError(const wabt::Error& e) override {
    if (!error_ && !readGlobalElement(e.message)) reject(explain(e.message));
    return true;
  }

  wabt::Result BeginSection(Index, wabt::BinarySection id, wabt::Offset) override {
    item_ = state->offset;
    section_ = static_cast<SectionId>(id);
    return wabt::Result::Ok;
  }

  // Types.
  wabt::Result OnTypeCount(Index count) override { return beginItems("types", count, limits::kTypes); }
  wabt::Result OnFuncType(Index, Index param_count, wabt::Type* params, Index result_count,
                          wabt::Type* results) override {
    if (param_count > limits::kParams)
      return tooMany("parameters of a function type", param_count, limits::kParams);
    if (result_count > limits::kResults)
      return tooMany("results of a function type", result_count, limits::kResults);
    if (result_count > 1 && !use(Feature::MultiValue, "a function type with several results"))
      return failed();
    FuncType type;
    if (!addTypes(params, param_count, type.params) || !addTypes(results, result_count, type.results))
      return failed();
    module_.types.push_back(std::move(type));
    return nextItem();
  }

  // Imports.
  wabt::Result OnImportCount(Index count) override { return beginItems("imports", count, limits::kImports); }
  wabt::Result OnImport(Index, wabt::ExternalKind, std::string_view module_name,
                        std::string_view name) override {
    return passed(checkName("import module", module_name) && checkName("import", name));
  }
  wabt::Result OnImportFunc(Index, std::string_view module_name, std::string_view name, Index index,
                            Index type) override {
    addImport(module_name, name, ExternKind::Func, index);
    ++module_.imported_functions;
    return addFunction(type, true) ? nextItem() : failed();
  }
  wabt::Result OnImportTable(Index, std::string_view module_name, std::string_view name, Index index,
                             wabt::Type element, const WabtLimits* limits) override {
    addImport(module_name, name, ExternKind::Table, index);
    ++module_.imported_tables;
    return addTable(element, *limits, true) ? nextItem() : failed();
  }
  wabt::Result OnImportMemory(Index, std::string_view module_name, std::string_view name, Index index,
                              const WabtLimits* limits) override {
    addImport(module_name, name, ExternKind::Memory, index);
    ++module_.imported_memories;
    return addMemory(*limits, true) ? nextItem() : failed();
  }
  wabt::Result OnImportGlobal(Index, std::string_view module_name, std::string_view name, Index index,
                              wabt::Type type, bool is_mutable) override {
    if (is_mutable && !use(Feature::MutableGlobals, "an imported mutable global")) return failed();
    addImport(module_name, name, ExternKind::Global, index);
    ++module_.imported_globals;
    return addGlobal(type, is_mutable, true) ? nextItem() : failed();
  }
  wabt::Result OnImportTag(Index, std::string_view module_name, std::string_view name, Index index,
                           Index type) override {
    addImport(module_name, name, ExternKind::Tag, index);
    ++module_.imported_tags;
    return addTag(type, true) ? nextItem() : failed();
  }

  // Definitions.
  wabt::Result OnFunctionCount(Index count) override {
    return beginItems("functions", module_.functions.size() + count, limits::kFunctions);
  }
  wabt::Result OnFunction(Index, Index type) override {
    return addFunction(type, false) ? nextItem() : failed();
  }
  wabt::Result OnTableCount(Index count) override {
    return beginItems("tables", module_.tables.size() + count, limits::kTables);
  }
  wabt::Result OnTable(Index, wabt::Type element, const WabtLimits* limits) override {
    return addTable(element, *limits, false) ? nextItem() : failed();
  }
  wabt::Result OnMemoryCount(Index count) override {
    return beginItems("memories", module_.memories.size() + count, limits::kMemories);
  }
  wabt::Result OnMemory(Index, const WabtLimits* limits) override {
    return addMemory(*limits, false) ? nextItem() : failed();
  }
  wabt::Result OnTagCount(Index count) override {
    return beginItems("tags", module_.tags.size() + count, limits::kTags);
  }
  wabt::Result OnTagType(Index, Index type) override { return addTag(type, false) ? nextItem() : failed(); }
  wabt::Result OnGlobalCount(Index count) override {
    return beginItems("globals", module_.globals.size() + count, limits::kGlobals);
  }
  wabt::Result BeginGlobal(Index, wabt::Type type, bool is_mutable) override {
    const auto value = valueType(type);
    if (!value) return failed();
    global_ = {{*value, is_mutable, 0}, {}, false, false};
    return wabt::Result::Ok;
  }
  wabt::Result BeginGlobalInitExpr(Index) override { return beginConstExpr(global_.init); }
  wabt::Result EndGlobalInitExpr(Index) override { return endConstExpr(global_.type.type); }
  wabt::Result EndGlobal(Index) override {
    module_.globals.push_back(std::move(global_));
    return nextItem();
  }

  // Exports and start.
  wabt::Result OnExportCount(Index count) override { return beginItems("exports", count, limits::kExports); }
  wabt::Result OnExport(Index, wabt::ExternalKind kind, Index index, std::string_view name) override {
    return addExport(static_cast<ExternKind>(kind), index, name) ? nextItem() : failed();
  }
  wabt::Result OnStartFunction(Index function) override;

  // Element segments.
  wabt::Result OnElemSegmentCount(Index count) override {
    return beginItems("element segments", count, limits::kElemSegments);
  }
  wabt::Result BeginElemSegment(Index, Index table, uint8_t flags) override;
  wabt::Result BeginElemSegmentInitExpr(Index) override { return beginConstExpr(elem_.offset); }
  wabt::Result EndElemSegmentInitExpr(Index) override {
    return endConstExpr(addressType(module_.tables[elem_.table].type.limits));
  }
  wabt::Result OnElemSegmentElemType(Index, wabt::Type type) override;
  wabt::Result OnElemSegmentElemExprCount(Index, Index count) override {
    elements_ += count;
    if (elements_ > limits::kElements) return tooMany("elements", elements_, limits::kElements);
    elem_.elements.reserve(count);
    return wabt::Result::Ok;
  }
  wabt::Result OnElemSegmentElemExpr_RefNull(Index, wabt::Type type) override;
  wabt::Result OnElemSegmentElemExpr_RefFunc(Index, Index function) override;
  wabt::Result EndElemSegment(Index) override {
    module_.elem_segments.push_back(std::move(elem_));
    return nextItem();
  }

  // Data segments.
  wabt::Result OnDataCount(Index count) override {
    data_count_ = count;
    return wabt::Result::Ok;
  }
  wabt::Result OnDataSegmentCount(Index count) override {
    return beginItems("data segments", count, limits::kDataSegments);
  }
  wabt::Result BeginDataSegment(Index, Index memory, uint8_t flags) override;
  wabt::Result BeginDataSegmentInitExpr(Index) override { return beginConstExpr(data_.offset); }
  wabt::Result EndDataSegmentInitExpr(Index) override {
    return endConstExpr(addressType(module_.memories[data_.memory].type.limits));
  }
  wabt::Result OnDataSegmentData(Index, const void*, wabt::Address size) override {
    data_.bytes = module_.bytes.subspan(core_.original(state->offset - size), size);
    return wabt::Result::Ok;
  }
  wabt::Result EndDataSegment(Index) override {
    module_.data_segments.push_back(std::move(data_));
    return nextItem();
  }

  // Code: extents and locals only.
  wabt::Result OnFunctionBodyCount(Index) override { return nextItem(); }
  wabt::Result BeginFunctionBody(Index function, wabt::Offset size) override;
  wabt::Result OnLocalDecl(Index, Index count, wabt::Type type) override;
  wabt::Result EndFunctionBody(Index) override { return nextItem(); }

  // Constant expressions: with bodies skipped, there are no other instructions.
  wabt::Result OnOpcode(wabt::Opcode op) override;
  wabt::Result OnI32ConstExpr(uint32_t bits) override { return addConst({.bits = bits}); }
  wabt::Result OnI64ConstExpr(uint64_t bits) override { return addConst({.bits = bits}); }
  wabt::Result OnF32ConstExpr(uint32_t bits) override { return addConst({.bits = bits}); }
  wabt::Result OnF64ConstExpr(uint64_t bits) override { return addConst({.bits = bits}); }
  wabt::Result OnV128ConstExpr(v128 value) override {
    return addConst({.bits = value.u64(0), .bits_hi = value.u64(1)});
  }
  wabt::Result OnGlobalGetExpr(Index global) override { return addConst({.index = global}); }
  wabt::Result OnRefFuncExpr(Index function) override { return addConst({.index = function}); }
  wabt::Result OnRefNullExpr(wabt::Type type) override {
    const auto ref = valueType(type);
    return ref ? addConst({}, *ref) : failed();
  }
  wabt::Result OnBinaryExpr(wabt::Opcode) override { return addConst({}); }
  wabt::Result OnEndExpr() override {
    const_ended_ = true;
    return wabt::Result::Ok;
  }

  // What can only be said of the module as a whole.
  std::optional<Diagnostic> checkWhole();

 private:
  static wabt::Result failed() { return wabt::Result::Error; }
  static wabt::Result passed(bool ok) { return ok ? wabt::Result(wabt::Result::Ok) : failed(); }

  void setError(std::string message) {
    error_ = Diagnostic{std::move(message), core_.original(item_), {}, {}, {}};
  }

  // Notes an error at the item in hand; false, for callers to pass on.
  bool reject(std::string message) {
    if (!error_) setError(std::move(message));
    return false;
  }
  wabt::Result fail(std::string message) {
    reject(std::move(message));
    return failed();
  }
  wabt::Result tooMany(const char* what, uint64_t found, uint64_t limit) {
    return fail(std::string("too many ") + what + ": found " + std::to_string(found) + ", the limit is " +
                std::to_string(limit));
  }
  bool badIndex(const char* what, uint32_t index, size_t count) {
    return reject(std::string("unknown ") + what + ": found index " + std::to_string(index) + ", there are " +
                  std::to_string(count));
  }
  bool use(Feature feature, std::string_view what) {
    auto message = gate_.use(feature, what);
    return !message || reject(std::move(*message));
  }

  wabt::Result nextItem() {
    item_ = state->offset;
    return wabt::Result::Ok;
  }
  wabt::Result beginItems(const char* what, uint64_t count, uint64_t limit) {
    return count > limit ? tooMany(what, count, limit) : nextItem();
  }

  static ValType addressType(const Limits& limits) { return limits.is64 ? ValType::i64() : ValType::i32(); }

  std::string explain(const std::string& message) const;
  uint32_t itemCount(SectionId id) const;  // as its section says; 0 without one
  std::string dataCountMismatch(size_t found) const;
  std::optional<ValType> valueType(wabt::Type type);
  bool addTypes(const wabt::Type* types, Index count, std::vector<ValType>& out);
  bool checkName(const char* what, std::string_view name);
  bool checkLimits(const WabtLimits& limits, uint64_t maximum, const char* what, Limits& out);
  void addImport(std::string_view module_name, std::string_view name, ExternKind kind, Index index) {
    module_.imports.push_back({std::string(module_name), std::string(name), kind, index});
  }
  bool addFunction(Index type, bool imported);
  bool addTable(wabt::Type element, const WabtLimits& limits, bool imported);
  bool addMemory(const WabtLimits& limits, bool imported);
  bool addGlobal(wabt::Type type, bool is_mutable, bool imported);
  bool addTag(Index type, bool imported);
  bool addExport(ExternKind kind, Index index, std::string_view name);
  bool markExported(ExternKind kind, Index index);

  wabt::Result beginConstExpr(ConstExpr& out);
  wabt::Result addConst(abi::ConstInstr instr, ValType ref = {});
  wabt::Result endConstExpr(ValType expected);
  wabt::Result addElement(abi::ConstInstr instr, ValType type);
  bool readGlobalElement(std::string_view message);

  Module& module_;
  const SectionTable& sections_;
  const CoreBytes& core_;
  FeatureGate& gate_;
  std::optional<Diagnostic> error_;
  SectionId section_ = SectionId::Custom;
  size_t item_ = 0;  // where the item in hand starts

  Global global_{};
  ElemSegment elem_{};
  DataSegment data_{};
  uint64_t elements_ = 0;
  std::optional<uint32_t> data_count_;
  std::unordered_set<std::string_view> export_names_;
  uint32_t function_ = 0;  // whose body is in hand
  uint64_t locals_ = 0;

  ConstExpr* const_expr_ = nullptr;
  std::optional<ConstExprChecker> const_checker_;
  Opcode const_op_ = Opcode::Nop;
  bool const_ended_ = false;
  size_t const_next_ = 0;  // start of the instruction that comes
};

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_FRONTEND_WABT_OUTLINE_H
