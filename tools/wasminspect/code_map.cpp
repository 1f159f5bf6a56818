#include "code_map.h"

#include <wasmc/abi/descriptor.h>
#include <wasmc/abi/leb_reader.h>

#include <cstring>

namespace wasmc::inspect {
namespace {

// `budget` bounds the lines of all functions: in a damaged file their programs may overlap.
std::vector<CodeLine> readLines(std::span<const uint8_t> program, uint32_t count, uint64_t address,
                                size_t& budget) {
  std::vector<CodeLine> lines;
  abi::LebReader reader(program.data(), program.data() + program.size());
  uint64_t offset = 0;
  for (uint32_t i = 0; i < count && budget > 0; ++i, --budget) {
    const uint64_t step = reader.unsignedNumber();
    offset += static_cast<uint64_t>(reader.signedNumber());
    if (step & 1) reader.unsignedNumber();  // the inlining
    if (reader.failed()) break;
    lines.push_back({address += step >> 1, offset});
  }
  return lines;
}

}  // namespace

CodeMap::CodeMap(const ElfFile& file) {
  const ElfSection* section = file.section(abi::kAddressMapSection);
  abi::AddressMap head{};
  if (!section || section->bytes.size() < sizeof head) return;
  std::memcpy(&head, section->bytes.data(), sizeof head);
  const std::span<const uint8_t> entries = section->bytes.subspan(sizeof head);
  constexpr size_t kEntry = sizeof(abi::AddressMapFunction);
  if (head.function_count > entries.size() / kEntry) return;
  const std::span<const uint8_t> rest = entries.subspan(head.function_count * kEntry);
  if (head.inline_count > rest.size() / sizeof(abi::AddressMapInline)) return;
  const std::span<const uint8_t> programs = rest.subspan(head.inline_count * sizeof(abi::AddressMapInline));
  size_t budget = programs.size() / 2;  // a line is two numbers

  for (uint32_t i = 0; i < head.function_count; ++i) {
    abi::AddressMapFunction entry{};
    std::memcpy(&entry, entries.data() + i * kEntry, kEntry);
    const uint64_t own = section->address + sizeof head + i * kEntry;
    const uint64_t start = own + static_cast<uint64_t>(int64_t{entry.start});
    const auto program = entry.lines <= programs.size() ? programs.subspan(entry.lines) : programs.first(0);
    ranges_.push_back(
        {start, entry.size, entry.function, readLines(program, entry.lines_count, start, budget)});
    if (entry.function == abi::kNone || entry.function > entries.size()) continue;
    if (entry.function >= sizes_.size()) sizes_.resize(entry.function + 1);
    sizes_[entry.function] += entry.size;
  }
}

uint64_t CodeMap::codeSize(uint32_t function) const {
  return function < sizes_.size() ? sizes_[function] : 0;
}

}  // namespace wasmc::inspect
