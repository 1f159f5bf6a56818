#include "debug/source_map.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/SmallString.h>
#include <llvm/ADT/StringMap.h>
#include <llvm/Support/LEB128.h>
#include <llvm/Support/raw_ostream.h>
#include <wasmc/abi/source_map.h>

#include <algorithm>

#include "debug/guest_dwarf.h"
#include "support/painted_ranges.h"

namespace wasmc::compiler {
namespace {

constexpr uint32_t kRowsPerBlock = 64;

class Strings {
 public:
  abi::SourceString add(llvm::StringRef text) {
    const auto [entry, is_new] = known_.try_emplace(text, abi::SourceString{0, 0});
    if (is_new) {
      entry->second = {static_cast<uint32_t>(bytes_.size()), static_cast<uint32_t>(text.size())};
      bytes_ += text;
    }
    return entry->second;
  }
  llvm::StringRef bytes() const { return bytes_; }

 private:
  llvm::StringMap<abi::SourceString> known_;
  llvm::SmallString<0> bytes_;
};

class Builder {
 public:
  explicit Builder(size_t functions) : function_dies_(functions) {}

  void add(const GuestDwarf& dwarf, llvm::DWARFUnit& unit) {
    dwarf_ = &dwarf;
    auto table =
        dwarf.context().getLineTableForUnit(&unit, [](llvm::Error e) { consumeError(std::move(e)); });
    if (!table) return llvm::consumeError(table.takeError());
    if (!*table) return;
    UnitFiles files{**table, unit, {}};
    PaintedRanges<uint32_t> scopes(abi::kNoScope);
    addScopes(unit.getUnitDIE(false), abi::kNoScope, files, scopes);
    addRows(files, scopes);
  }

  std::vector<uint8_t> finish();
  std::vector<uint64_t> takeFunctionDies() { return std::move(function_dies_); }

 private:
  struct UnitFiles {
    const llvm::DWARFDebugLine::LineTable& table;
    const llvm::DWARFUnit& unit;
    std::map<uint64_t, uint32_t> numbers;  // ours, by those of the unit
  };

  uint32_t file(UnitFiles& files, uint64_t number) {
    const auto [known, is_new] = files.numbers.try_emplace(number, 0);
    if (!is_new) return known->second;
    const std::string path = filePath(files.table, number, files.unit);
    const auto [entry, is_new_path] = file_numbers_.try_emplace(path, file_names_.size());
    if (is_new_path) file_names_.push_back(strings_.add(path));
    return known->second = static_cast<uint32_t>(entry->second);
  }

  void addScopes(const llvm::DWARFDie& outer, uint32_t parent, UnitFiles& files,
                 PaintedRanges<uint32_t>& scopes) {
    for (const llvm::DWARFDie& die : outer.children()) {
      const bool function = die.getTag() == llvm::dwarf::DW_TAG_subprogram;
      const bool inlined = die.getTag() == llvm::dwarf::DW_TAG_inlined_subroutine;
      const uint32_t scope =
          function || inlined ? addScope(die, inlined ? parent : abi::kNoScope, files, scopes) : parent;
      if (scope != abi::kNoScope || !function) addScopes(die, scope, files, scopes);
    }
  }

  // kNoScope if it has no code.
  uint32_t addScope(const llvm::DWARFDie& die, uint32_t parent, UnitFiles& files,
                    PaintedRanges<uint32_t>& scopes) {
    auto ranges = die.getAddressRanges();
    if (!ranges) return llvm::consumeError(ranges.takeError()), parent;
    llvm::erase_if(*ranges, [&](const auto& r) { return !dwarf_->isCode(r.LowPC, r.HighPC); });
    if (ranges->empty()) return parent;
    if (die.getTag() == llvm::dwarf::DW_TAG_subprogram)
      function_dies_[*dwarf_->functionAt(ranges->front().LowPC)] = die.getOffset();
    uint32_t call_file = 0, call_line = 0, call_column = 0;
    uint32_t discriminator = 0;
    die.getCallerFrame(call_file, call_line, call_column, discriminator);
    const auto scope = static_cast<uint32_t>(scopes_.size());
    scopes_.push_back({strings_.add(functionName(die)), parent, call_line != 0 ? file(files, call_file) : 0,
                       call_line, call_column});
    for (const llvm::DWARFAddressRange& range : *ranges)
      scopes.paint(dwarf_->fileOffset(range.LowPC), dwarf_->fileOffset(range.HighPC), scope);
    return scope;
  }

  void addRows(UnitFiles& files, const PaintedRanges<uint32_t>& scopes) {
    for (const auto& sequence : files.table.Sequences) {
      if (!sequence.isValid() || !dwarf_->isCode(sequence.LowPC, sequence.HighPC)) continue;
      for (size_t i = sequence.FirstRowIndex; i < sequence.LastRowIndex; ++i) {
        const llvm::DWARFDebugLine::Row& row = files.table.Rows[i];
        const uint64_t offset = dwarf_->fileOffset(row.Address.Address);
        const bool replaced =
            i + 1 < sequence.LastRowIndex && files.table.Rows[i + 1].Address.Address == row.Address.Address;
        if (replaced && !row.EndSequence) continue;
        if (row.EndSequence)
          rows_.push_back({.offset = offset});
        else
          rows_.push_back({offset, row.Line, row.Column, file(files, row.File), scopes.at(offset)});
      }
    }
  }

  const GuestDwarf* dwarf_ = nullptr;  // of the unit
  Strings strings_;
  llvm::StringMap<size_t> file_numbers_;
  std::vector<abi::SourceString> file_names_;
  std::vector<abi::SourceScope> scopes_;
  std::vector<abi::SourceRow> rows_;
  std::vector<uint64_t> function_dies_;
};

void encode(const abi::SourceRow& row, const abi::SourceRow& before, llvm::raw_ostream& out) {
  const auto difference = [](uint32_t a, uint32_t b) { return int64_t{static_cast<int32_t>(a - b)}; };
  llvm::encodeULEB128(row.offset - before.offset, out);
  llvm::encodeSLEB128(difference(row.line, before.line), out);
  llvm::encodeSLEB128(difference(row.column, before.column), out);
  llvm::encodeSLEB128(difference(row.file, before.file), out);
  llvm::encodeSLEB128(difference(row.scope, before.scope), out);
}

template <typename T>
void append(std::vector<uint8_t>& out, llvm::ArrayRef<T> values) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(values.data());
  out.insert(out.end(), bytes, bytes + values.size() * sizeof(T));
}

std::vector<uint8_t> Builder::finish() {
  if (rows_.empty()) return {};
  // At the end of one function another may begin: an end counts only where nothing begins.
  std::ranges::sort(rows_, [](const abi::SourceRow& a, const abi::SourceRow& b) {
    return std::pair(a.offset, a.line != 0 || a.scope != abi::kNoScope) <
           std::pair(b.offset, b.line != 0 || b.scope != abi::kNoScope);
  });
  llvm::SmallString<0> encoded;
  llvm::raw_svector_ostream out(encoded);
  std::vector<abi::SourceBlock> blocks;
  abi::SourceRow before;
  for (size_t i = 0; i < rows_.size(); ++i) {
    abi::SourceRow row = rows_[i];
    if (i + 1 < rows_.size() && rows_[i + 1].offset == row.offset) continue;
    const abi::SourceRow same{before.offset, row.line, row.column, row.file, row.scope};
    if (!blocks.empty() && same == before) continue;
    if (blocks.empty() || blocks.back().count == kRowsPerBlock) {
      blocks.push_back({static_cast<uint32_t>(row.offset), static_cast<uint32_t>(encoded.size()), 0});
      before = {row.offset, 0, 0, 0, 0};
    }
    encode(row, before, out);
    ++blocks.back().count;
    before = row;
  }

  abi::SourceMap head{0,
                      static_cast<uint32_t>(file_names_.size()),
                      static_cast<uint32_t>(scopes_.size()),
                      static_cast<uint32_t>(blocks.size()),
                      static_cast<uint32_t>(encoded.size()),
                      static_cast<uint32_t>(strings_.bytes().size())};
  std::vector<uint8_t> bytes;
  append(bytes, llvm::ArrayRef(head));
  append<abi::SourceString>(bytes, file_names_);
  append<abi::SourceScope>(bytes, scopes_);
  append<abi::SourceBlock>(bytes, blocks);
  append(bytes, llvm::ArrayRef(encoded.data(), encoded.size()));
  append(bytes, llvm::ArrayRef(strings_.bytes().data(), strings_.bytes().size()));
  head.size = static_cast<uint32_t>(bytes.size());
  std::memcpy(bytes.data(), &head, sizeof head);
  return bytes;
}

}  // namespace

SourceInfo readSourceInfo(const Module& module) {
  // LLVM keeps what it has parsed as long as there is a context, ten times the size of the DWARF.
  constexpr uint64_t kBytesPerContext = uint64_t{4} << 20;
  Builder builder(module.functions.size());
  for (uint32_t next = 0, count = 1; next < count;) {
    const GuestDwarf dwarf(module);
    if (dwarf.empty()) return {};
    count = dwarf.context().getNumCompileUnits();
    for (uint64_t parsed = 0; next < count && parsed < kBytesPerContext; ++next) {
      llvm::DWARFUnit& unit = *dwarf.context().getUnitAtIndex(next);
      builder.add(dwarf, unit);
      parsed += unit.getLength();
    }
  }
  return {builder.finish(), builder.takeFunctionDies()};
}

}  // namespace wasmc::compiler
