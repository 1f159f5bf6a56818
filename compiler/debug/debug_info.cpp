#include "debug/debug_info.h"

#include <llvm/IR/DIBuilder.h>

#include <algorithm>
#include <set>

#include "debug/places.h"

namespace wasmc::compiler {
namespace {

namespace dwarf = llvm::dwarf;
using FunctionScope = FunctionDebugInfo::Scope;

unsigned number(const llvm::DWARFDie& die, dwarf::Attribute attribute) {
  return static_cast<unsigned>(dwarf::toUnsigned(die.find(attribute), 0));
}

// A function's own, or its declaration's.
unsigned declFile(const llvm::DWARFDie& die) {
  return static_cast<unsigned>(dwarf::toUnsigned(die.findRecursively(dwarf::DW_AT_decl_file), 0));
}

llvm::DWARFDie originOf(const llvm::DWARFDie& die) {
  const llvm::DWARFDie origin = die.getAttributeValueAsReferencedDie(dwarf::DW_AT_abstract_origin);
  return origin ? origin : die;
}

llvm::DWARFAddressRangesVector rangesOf(const llvm::DWARFDie& die) {
  auto ranges = die.getAddressRanges();
  if (ranges) return *ranges;
  llvm::consumeError(ranges.takeError());
  return {};
}

// From 1; 0 for what is no parameter. LLVM wants each number once a function, and a copy of an inlined
// function need not have all parameters: so it counts where all are.
unsigned parameterNumber(const llvm::DWARFDie& variable) {
  if (variable.getTag() != dwarf::DW_TAG_formal_parameter) return 0;
  unsigned number = 1;
  for (const llvm::DWARFDie& die : variable.getParent().children()) {
    if (die == variable) break;
    if (die.getTag() == dwarf::DW_TAG_formal_parameter) ++number;
  }
  return number;
}

}  // namespace

llvm::DILocation* FunctionDebugInfo::locationAt(uint64_t offset) const {
  const Scope& scope = scopes.at(offset);
  const auto after = std::ranges::upper_bound(lines, offset, {}, &Line::offset);
  const bool found = scope.scope && after != lines.begin();
  llvm::LLVMContext& context = subprogram->getContext();
  llvm::DILocalScope* const inner = found ? scope.scope : subprogram;
  llvm::DIFile* const file = found ? std::prev(after)->file : subprogram->getFile();
  auto* const place = llvm::DILexicalBlockFile::get(context, inner, file, static_cast<unsigned>(offset + 1));
  if (!found) return llvm::DILocation::get(context, std::max(subprogram->getLine(), 1u), 0, place);
  const Line& line = *std::prev(after);
  return llvm::DILocation::get(context, line.line, line.column, place, scope.inlined_at);
}

// What belongs to one compile unit of the module: a unit of LLVM's with its files, types and functions.
class DebugInfo::CompileUnit {
 public:
  CompileUnit(const GuestDwarf& dwarf, llvm::DWARFUnit& unit, llvm::Module& target)
      : dwarf_(dwarf), unit_(unit), builder_(target) {
    const llvm::DWARFDie die = unit.getUnitDIE();
    const char* folder = unit.getCompilationDir();
    const char* name = die.getShortName();
    const char* producer = dwarf::toString(die.find(dwarf::DW_AT_producer), "");
    file_ = builder_.createFile(name ? name : "", folder ? folder : "");
    // Whatever the language was: debuggers follow pointers of guests by operators of C++.
    builder_.createCompileUnit(llvm::DISourceLanguageName(dwarf::DW_LANG_C_plus_plus_14), file_, producer,
                               /*isOptimized=*/true, "", 0, "", llvm::DICompileUnit::FullDebug, 0,
                               /*SplitDebugInlining=*/true, /*DebugInfoForProfiling=*/false,
                               llvm::DICompileUnit::DebugNameTableKind::None);
    types_ = std::make_unique<TypeConverter>(builder_, file_);
    auto table =
        dwarf.context().getLineTableForUnit(&unit, [](llvm::Error e) { consumeError(std::move(e)); });
    if (table)
      table_ = *table;
    else
      llvm::consumeError(table.takeError());
  }

  std::unique_ptr<FunctionDebugInfo> function(const llvm::DWARFDie& die) {
    auto info = std::make_unique<FunctionDebugInfo>();
    info->subprogram = subprogramOf(die);
    // Damaged DWARF: LLVM wants one function for each.
    if (!defined_.insert(info->subprogram).second) return nullptr;
    frame_base_ = std::nullopt;
    if (const auto base = die.find(dwarf::DW_AT_frame_base))
      if (const auto block = base->getAsBlock()) frame_base_ = frameBaseOf(*block);
    uint64_t begin = UINT64_MAX, end = 0;
    for (const llvm::DWARFAddressRange& range : rangesOf(die)) {
      info->scopes.paint(dwarf_.fileOffset(range.LowPC), dwarf_.fileOffset(range.HighPC), {info->subprogram});
      begin = std::min(begin, range.LowPC), end = std::max(end, range.HighPC);
    }
    addLines(begin, end, *info);
    extent_ = {begin, end};
    addChildren(die, {info->subprogram}, *info);
    std::ranges::sort(info->places, {}, &VariablePlace::begin);
    return info;
  }

  void finish() { builder_.finalize(); }

 private:
  llvm::DIFile* file(uint64_t index) {
    const auto [known, is_new] = files_.try_emplace(index, file_);
    if (is_new && table_)
      if (const std::string path = filePath(*table_, index, unit_); !path.empty())
        known->second = builder_.createFile(path, "");
    return known->second;
  }

  // One for the function itself and all its inlined copies.
  llvm::DISubprogram* subprogramOf(const llvm::DWARFDie& die) {
    const llvm::DWARFDie origin = originOf(die);
    llvm::DISubprogram*& known = subprograms_[origin.getOffset()];
    if (!known) known = makeSubprogram(origin);
    return known;
  }

  llvm::DISubprogram* makeSubprogram(const llvm::DWARFDie& die) {
    const char* name = die.getSubroutineName(llvm::DINameKind::ShortName);
    const char* linkage = die.getLinkageName();
    llvm::DIFile* const where = file(declFile(die));
    const auto line = static_cast<unsigned>(die.getDeclLine());
    return builder_.createFunction(
        where, name ? name : "", linkage ? linkage : "", where, line, types_->subroutine(die), line,
        llvm::DINode::FlagPrototyped,
        llvm::DISubprogram::SPFlagDefinition | llvm::DISubprogram::SPFlagOptimized);
  }

  void addLines(uint64_t begin, uint64_t end, FunctionDebugInfo& info) {
    if (!table_) return;
    // Sorted by their ends. A function's may begin behind its first byte.
    const auto& sequences = table_->Sequences;
    auto sequence = std::ranges::upper_bound(sequences, begin, {}, &llvm::DWARFDebugLine::Sequence::HighPC);
    for (; sequence != sequences.end() && sequence->LowPC < end; ++sequence)
      for (size_t i = sequence->FirstRowIndex; i < sequence->LastRowIndex; ++i) {
        const llvm::DWARFDebugLine::Row& row = table_->Rows[i];
        // Line 0 is for what belongs to no line: it stays with the one before it.
        if (row.PrologueEnd && info.body == 0) info.body = dwarf_.fileOffset(row.Address.Address);
        if (row.Line == 0 || row.EndSequence) continue;
        info.lines.push_back({dwarf_.fileOffset(row.Address.Address), row.Line, row.Column, file(row.File)});
      }
  }

  void addChildren(const llvm::DWARFDie& outer, FunctionScope scope, FunctionDebugInfo& info) {
    for (const llvm::DWARFDie& die : outer.children()) {
      switch (die.getTag()) {
        case dwarf::DW_TAG_inlined_subroutine: addInlined(die, scope, info); break;
        case dwarf::DW_TAG_lexical_block: addBlock(die, scope, info); break;
        case dwarf::DW_TAG_formal_parameter:
        case dwarf::DW_TAG_variable: addVariable(die, scope, info); break;
        default: break;
      }
    }
  }

  void addInlined(const llvm::DWARFDie& die, FunctionScope outer, FunctionDebugInfo& info) {
    llvm::DISubprogram* const function = subprogramOf(die);
    llvm::LLVMContext& context = function->getContext();
    auto* const call =
        llvm::DILocation::getDistinct(context, number(die, dwarf::DW_AT_call_line),
                                      number(die, dwarf::DW_AT_call_column), outer.scope, outer.inlined_at);
    addNested(die, {function, call}, info);
  }

  void addBlock(const llvm::DWARFDie& die, FunctionScope outer, FunctionDebugInfo& info) {
    // The copies of a block of an inlined function are one block.
    llvm::DILocalScope*& known = blocks_[{originOf(die).getOffset(), outer.scope}];
    if (!known) known = builder_.createLexicalBlock(outer.scope, outer.scope->getFile(), 0, 0);
    addNested(die, {known, outer.inlined_at}, info);
  }

  void addNested(const llvm::DWARFDie& die, FunctionScope scope, FunctionDebugInfo& info) {
    constexpr unsigned kDeepest = 200;
    for (const llvm::DWARFAddressRange& range : rangesOf(die))
      info.scopes.paint(dwarf_.fileOffset(range.LowPC), dwarf_.fileOffset(range.HighPC), scope);
    if (depth_ == kDeepest) return;
    ++depth_;
    addChildren(die, scope, info);
    --depth_;
  }

  llvm::DILocalVariable* makeVariable(const llvm::DWARFDie& die, llvm::DILocalScope* scope) {
    const unsigned parameter = parameterNumber(die);
    const char* name = die.getShortName();
    llvm::DIFile* const where = file(declFile(die));
    const auto line = static_cast<unsigned>(die.getDeclLine());
    llvm::DIType* const type = types_->typeOf(die);
    if (!name || !type) return nullptr;
    const bool artificial = die.find(dwarf::DW_AT_artificial).has_value();
    const auto flags = artificial ? llvm::DINode::FlagArtificial : llvm::DINode::FlagZero;
    return parameter > 0
               ? builder_.createParameterVariable(scope, name, parameter, where, line, type, true, flags)
               : builder_.createAutoVariable(scope, name, where, line, type, true, flags);
  }

  void addVariable(const llvm::DWARFDie& die, FunctionScope scope, FunctionDebugInfo& info) {
    // So are those of a variable.
    const llvm::DWARFDie origin = originOf(die);
    llvm::DILocalVariable*& variable = variables_[{origin.getOffset(), scope.scope}];
    if (!variable) variable = makeVariable(origin, scope.scope);
    if (!variable) return;
    auto* const at = llvm::DILocation::get(variable->getContext(), 0, 0, scope.scope, scope.inlined_at);
    auto locations = die.getLocations(dwarf::DW_AT_location);
    if (!locations) return llvm::consumeError(locations.takeError());
    for (const llvm::DWARFLocationExpression& location : *locations) addPlace(location, variable, at, info);
  }

  void addPlace(const llvm::DWARFLocationExpression& location, llvm::DILocalVariable* variable,
                llvm::DILocation* at, FunctionDebugInfo& info) {
    const std::optional<Place> place = placeOf(location.Expr, frame_base_);
    if (!place) return;
    const uint64_t begin = location.Range ? location.Range->LowPC : extent_.first;
    const uint64_t end = location.Range ? location.Range->HighPC : extent_.second;
    if (begin >= end || begin < extent_.first || end > extent_.second) return;
    info.places.push_back({dwarf_.fileOffset(begin), dwarf_.fileOffset(end), place->kind, place->value,
                           variable, builder_.createExpression(place->operations), at});
  }

  const GuestDwarf& dwarf_;
  llvm::DWARFUnit& unit_;
  llvm::DIBuilder builder_;
  llvm::DIFile* file_ = nullptr;
  std::unique_ptr<TypeConverter> types_;
  const llvm::DWARFDebugLine::LineTable* table_ = nullptr;
  std::map<uint64_t, llvm::DIFile*> files_;
  // What a function and its inlined copies have in common, by the offset of its DIE.
  std::map<uint64_t, llvm::DISubprogram*> subprograms_;
  std::set<llvm::DISubprogram*> defined_;
  std::map<std::pair<uint64_t, llvm::DILocalScope*>, llvm::DILocalScope*> blocks_;
  std::map<std::pair<uint64_t, llvm::DILocalScope*>, llvm::DILocalVariable*> variables_;
  // Of the function that is being read.
  std::optional<Place> frame_base_;
  std::pair<uint64_t, uint64_t> extent_;
  unsigned depth_ = 0;
};

DebugInfo::DebugInfo(const Module& module, const FunctionDies& dies, llvm::Module& target)
    : dies_(dies), target_(target), dwarf_(module) {}

DebugInfo::~DebugInfo() = default;

DebugInfo::CompileUnit& DebugInfo::unitOf(llvm::DWARFUnit& unit) {
  std::unique_ptr<CompileUnit>& known = units_[unit.getOffset()];
  if (!known) known = std::make_unique<CompileUnit>(dwarf_, unit, target_);
  return *known;
}

std::unique_ptr<FunctionDebugInfo> DebugInfo::function(uint32_t index) {
  if (dwarf_.empty() || index >= dies_.size() || dies_[index] == 0) return nullptr;
  const llvm::DWARFDie die = dwarf_.context().getDIEForOffset(dies_[index]);
  return die ? unitOf(*die.getDwarfUnit()).function(die) : nullptr;
}

void DebugInfo::finish() {
  for (auto& [offset, unit] : units_) unit->finish();
}

}  // namespace wasmc::compiler
