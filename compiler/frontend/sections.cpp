#include "frontend/sections.h"

#include "frontend/byte_reader.h"
#include "frontend/limits.h"

#include <algorithm>
#include <array>

namespace wasmc::compiler {
namespace {

constexpr std::array<uint8_t, 4> kMagic = {0x00, 0x61, 0x73, 0x6d};
constexpr size_t kHeaderSize = 8;

struct SectionRow {
  const char* name;
  unsigned order;  // among the known sections
};

// By SectionId. Tag and DataCount were added later, and stand where their readers need them.
constexpr std::array<SectionRow, 14> kSections = {{{"custom", 0},
                                                   {"type", 1},
                                                   {"import", 2},
                                                   {"function", 3},
                                                   {"table", 4},
                                                   {"memory", 5},
                                                   {"global", 7},
                                                   {"export", 8},
                                                   {"start", 9},
                                                   {"element", 10},
                                                   {"code", 12},
                                                   {"data", 13},
                                                   {"data count", 11},
                                                   {"tag", 6}}};

std::string quoted(const char* name) { return std::string("the ") + name + " section"; }

std::optional<Diagnostic> checkHeader(std::span<const uint8_t> bytes) {
  if (bytes.size() < kMagic.size() || !std::equal(kMagic.begin(), kMagic.end(), bytes.begin()))
    return Diagnostic{
        "not a WebAssembly module: it does not begin with the bytes 00 61 73 6d", 0, {}, {}, {}};
  if (bytes.size() < kHeaderSize)
    return Diagnostic{"the module ends inside its header: found " + std::to_string(bytes.size()) +
                          " bytes, expected at least 8",
                      bytes.size(),
                      {},
                      {},
                      {}};
  const uint32_t version = bytes[4] | bytes[5] << 8u;
  const uint32_t layer = bytes[6] | bytes[7] << 8u;
  if (layer == 1)
    return Diagnostic{
        "this is a component (binary layer 1), not a core module; extract its core module", 4, {}, {}, {}};
  if (version != 1 || layer != 0)
    return Diagnostic{
        "unknown binary version: found " + std::to_string(version | layer << 16) + ", expected 1",
        4,
        {},
        {},
        {}};
  return std::nullopt;
}

Result<CustomSection> readCustom(std::span<const uint8_t> bytes, const Section& section) {
  ByteReader in(bytes, section.begin, section.end);
  const auto name = in.string();
  if (!name)
    return error("the name of a custom section is malformed or runs past the section's end", section.begin);
  if (!isUtf8(*name)) return error("the name of a custom section is not valid UTF-8", section.begin);
  if (name->size() > limits::kNameBytes)
    return error("the name of a custom section is too long: found " + std::to_string(name->size()) +
                     " bytes, the limit is " + std::to_string(limits::kNameBytes),
                 section.begin);
  return CustomSection{std::string(*name), bytes.subspan(in.position(), in.remaining())};
}

}  // namespace

const char* sectionName(SectionId id) { return kSections[static_cast<size_t>(id)].name; }

const Section* SectionTable::find(SectionId id) const {
  const auto it = std::ranges::find(known, id, &Section::id);
  return it == known.end() ? nullptr : &*it;
}

Result<SectionTable> readSections(std::span<const uint8_t> bytes) {
  if (auto bad = checkHeader(bytes)) return std::unexpected(std::move(*bad));
  SectionTable table;
  ByteReader in(bytes, kHeaderSize, bytes.size());
  while (!in.atEnd()) {
    const size_t header = in.position();
    const uint8_t code = *in.byte();
    if (code >= kSections.size())
      return error("unknown section: found id " + std::to_string(code) + ", expected at most " +
                       std::to_string(kSections.size() - 1),
                   header);
    const auto size = in.u32();
    if (!size) return error("the size of " + quoted(kSections[code].name) + " is malformed", header);
    const size_t begin = in.position();
    if (!in.sub(*size))
      return error(quoted(kSections[code].name) + " runs past the module's end: its size is " +
                       std::to_string(*size) + " bytes, " + std::to_string(in.remaining()) + " are left",
                   header);
    const Section section{static_cast<SectionId>(code), header, begin, in.position()};
    if (section.id == SectionId::Custom) {
      auto custom = readCustom(bytes, section);
      if (!custom) return std::unexpected(std::move(custom.error()));
      table.custom.push_back(std::move(*custom));
      continue;
    }
    if (!table.known.empty()) {
      const auto& last = kSections[static_cast<size_t>(table.known.back().id)];
      if (table.known.back().id == section.id)
        return error("found a second " + std::string(last.name) + " section, expected at most one", header);
      if (last.order > kSections[code].order)
        return error(quoted(kSections[code].name) + " is out of order: found after " + quoted(last.name) +
                         ", expected before it",
                     header);
    }
    table.known.push_back(section);
  }
  return table;
}

CoreBytes::CoreBytes(std::span<const uint8_t> bytes, const SectionTable& sections) : original_(bytes) {
  size_t end = kHeaderSize;
  bool contiguous = true;
  for (const Section& s : sections.known) {
    contiguous = contiguous && s.header == end;
    end = s.end;
  }
  if (contiguous) {
    original_ = bytes.first(end);
    return;
  }
  copy_.assign(bytes.begin(), bytes.begin() + kHeaderSize);
  for (const Section& s : sections.known) {
    runs_.push_back({copy_.size(), s.header});
    copy_.insert(copy_.end(), bytes.begin() + static_cast<ptrdiff_t>(s.header),
                 bytes.begin() + static_cast<ptrdiff_t>(s.end));
  }
}

size_t CoreBytes::original(size_t offset) const {
  const auto after = std::ranges::upper_bound(runs_, offset, {}, &Run::offset);
  if (after == runs_.begin()) return offset;
  const Run& run = *std::prev(after);
  return run.original + (offset - run.offset);
}

}  // namespace wasmc::compiler
