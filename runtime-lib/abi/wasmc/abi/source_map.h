// The source map: for any instruction of a module that has DWARF, the line of the source that it came from,
// and the functions that the compiler of the source inlined there. It knows wasm byte offsets only, no
// machine code: the address map leads from there to here. It lies in a section of its own and is read when a
// backtrace is made.
//
//   SourceMap | SourceString files[] | SourceScope scopes[] | SourceBlock blocks[] | rows | strings
//
// A row says where the instructions from its offset up to the next row's come from. Rows are sorted by offset
// and stored in blocks, so that a lookup decodes one block. Numbers of a row are relative to the row before
// it; the first of a block is relative to the block's offset and to zeroes:
//   ULEB128 offset, SLEB128 line (0: not known), SLEB128 column, SLEB128 file, SLEB128 scope
#ifndef WASMC_ABI_SOURCE_MAP_H
#define WASMC_ABI_SOURCE_MAP_H

#include <wasmc/abi/leb_reader.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace wasmc::abi {

inline constexpr char kSourceMapSection[] = ".wasmc.source";
inline constexpr uint32_t kNoScope = UINT32_MAX;

struct SourceMap {
  uint32_t size;  // of everything, this struct included
  uint32_t files;
  uint32_t scopes;
  uint32_t blocks;
  uint32_t rows_size;
  uint32_t strings_size;
};

struct SourceString {
  uint32_t offset;  // in the strings
  uint32_t size;
};

// A function, or the inlined copy of one.
struct SourceScope {
  SourceString name;
  uint32_t parent;  // the scope that it was inlined into, which comes before it; kNoScope: into none
  uint32_t call_file;
  uint32_t call_line;  // 0: not known
  uint32_t call_column;
};

struct SourceBlock {
  uint32_t offset;  // of the first row
  uint32_t rows;    // where they begin
  uint32_t count;
};

struct SourceRow {
  uint64_t offset = 0;
  uint32_t line = 0;
  uint32_t column = 0;
  uint32_t file = 0;
  uint32_t scope = kNoScope;
  bool operator==(const SourceRow&) const = default;
};

struct SourcePosition {
  std::string_view function;  // "" where the module's DWARF has no name
  std::string_view file;
  uint32_t line;  // 0: not known, and then `file` is empty
  uint32_t column;
};

// Reads a source map, which may be damaged: what is wrong is not found.
class SourceMapReader {
 public:
  explicit SourceMapReader(std::span<const uint8_t> bytes) {
    SourceMap head{};
    if (bytes.size() < sizeof head) return;
    std::memcpy(&head, bytes.data(), sizeof head);
    const uint64_t needed = sizeof head + uint64_t{head.files} * sizeof(SourceString) +
                            uint64_t{head.scopes} * sizeof(SourceScope) +
                            uint64_t{head.blocks} * sizeof(SourceBlock) + head.rows_size + head.strings_size;
    if (needed > bytes.size()) return;
    head_ = head;
    files_ = bytes.data() + sizeof head;
    scopes_ = files_ + size_t{head.files} * sizeof(SourceString);
    blocks_ = scopes_ + size_t{head.scopes} * sizeof(SourceScope);
    rows_ = blocks_ + size_t{head.blocks} * sizeof(SourceBlock);
    strings_ = reinterpret_cast<const char*>(rows_ + head.rows_size);
  }
  // Of a map in an artifact that was checked as a whole.
  static SourceMapReader at(const void* map) {
    return SourceMapReader({static_cast<const uint8_t*>(map), static_cast<const SourceMap*>(map)->size});
  }

  // The row that the instruction at `offset` belongs to.
  std::optional<SourceRow> find(uint64_t offset) const {
    uint32_t first = 0, last = head_.blocks;
    while (first < last) {
      const uint32_t middle = first + (last - first) / 2;
      if (entry<SourceBlock>(blocks_, middle).offset <= offset)
        first = middle + 1;
      else
        last = middle;
    }
    if (first == 0) return std::nullopt;
    const SourceBlock block = entry<SourceBlock>(blocks_, first - 1);
    if (block.rows > head_.rows_size) return std::nullopt;
    LebReader reader(rows_ + block.rows, rows_ + head_.rows_size);
    SourceRow row{block.offset, 0, 0, 0, 0}, found;
    for (uint32_t i = 0; i < block.count; ++i) {
      advance(row, reader);
      if (reader.failed() || row.offset > offset) break;
      found = row;
    }
    return found;
  }

  // Where the instruction at `offset` comes from: the innermost inlined function first, the module's own
  // last. Empty where the map does not know.
  std::vector<SourcePosition> positions(uint64_t offset) const {
    std::vector<SourcePosition> found;
    const std::optional<SourceRow> row = find(offset);
    if (!row) return found;
    uint32_t scope = row->scope, file = row->file, line = row->line, column = row->column;
    while (scope < head_.scopes) {
      const SourceScope s = entry<SourceScope>(scopes_, scope);
      found.push_back(position(text(s.name), file, line, column));
      if (s.parent >= scope) break;
      scope = s.parent, file = s.call_file, line = s.call_line, column = s.call_column;
    }
    if (found.empty() && line != 0) found.push_back(position("", file, line, column));
    return found;
  }

  std::string_view file(uint32_t i) const {
    return i < head_.files ? text(entry<SourceString>(files_, i)) : std::string_view();
  }

 private:
  template <typename T>
  static T entry(const uint8_t* array, uint32_t i) {
    T value;
    std::memcpy(&value, array + size_t{i} * sizeof(T), sizeof(T));
    return value;
  }
  static void advance(SourceRow& row, LebReader& reader) {
    const auto add = [&](uint32_t& number) { number += static_cast<uint32_t>(reader.signedNumber()); };
    row.offset += reader.unsignedNumber();
    add(row.line);
    add(row.column);
    add(row.file);
    add(row.scope);
  }
  std::string_view text(SourceString s) const {
    if (s.offset > head_.strings_size || s.size > head_.strings_size - s.offset) return {};
    return {strings_ + s.offset, s.size};
  }
  SourcePosition position(std::string_view function, uint32_t file_number, uint32_t line,
                          uint32_t column) const {
    if (line == 0) return {function, {}, 0, 0};
    return {function, file(file_number), line, column};
  }

  SourceMap head_{};
  const uint8_t* files_ = nullptr;
  const uint8_t* scopes_ = nullptr;
  const uint8_t* blocks_ = nullptr;
  const uint8_t* rows_ = nullptr;
  const char* strings_ = nullptr;
};

}  // namespace wasmc::abi

#endif  // WASMC_ABI_SOURCE_MAP_H
