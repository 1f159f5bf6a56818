// The outermost layer of a binary module: its header and the sections' extents.
#ifndef WASMC_COMPILER_FRONTEND_SECTIONS_H
#define WASMC_COMPILER_FRONTEND_SECTIONS_H

#include "frontend/module.h"
#include "support/diagnostic.h"

#include <cstdint>
#include <span>
#include <vector>

namespace wasmc::compiler {

enum class SectionId : uint8_t {
  Custom = 0,
  Type = 1,
  Import = 2,
  Function = 3,
  Table = 4,
  Memory = 5,
  Global = 6,
  Export = 7,
  Start = 8,
  Elem = 9,
  Code = 10,
  Data = 11,
  DataCount = 12,
  Tag = 13,
};

// "type", "code"; as the specification names them.
const char* sectionName(SectionId id);

struct Section {
  SectionId id;
  size_t header;  // offset of the id byte
  size_t begin;   // of the contents
  size_t end;
};

struct SectionTable {
  std::vector<Section> known;  // in order, each at most once
  std::vector<CustomSection> custom;
  const Section* find(SectionId id) const;
};

// Checks magic number, version, the sections' sizes and order, and the custom sections' names.
Result<SectionTable> readSections(std::span<const uint8_t> bytes);

// A module without its custom sections: those must never make a module invalid, and the reader of wabt parses
// some of them. Copies the module only where a custom section lies between others.
class CoreBytes {
 public:
  CoreBytes(std::span<const uint8_t> bytes, const SectionTable& sections);
  std::span<const uint8_t> bytes() const { return copy_.empty() ? original_ : copy_; }
  // The offset in the original of an offset in bytes().
  size_t original(size_t offset) const;

 private:
  struct Run {
    size_t offset;  // in bytes()
    size_t original;
  };
  std::span<const uint8_t> original_;
  std::vector<uint8_t> copy_;
  std::vector<Run> runs_;
};

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_FRONTEND_SECTIONS_H
