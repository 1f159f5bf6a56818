#include "code_map.h"

#include <wasmc/abi/descriptor.h>

#include <cstring>

namespace wasmc::inspect {
namespace {

class LineReader {
 public:
  explicit LineReader(std::span<const uint8_t> bytes) : bytes_(bytes) {}

  std::optional<uint64_t> unsignedNumber() {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (at_ == bytes_.size()) return std::nullopt;
      const uint8_t byte = bytes_[at_++];
      last_ = byte;
      shift_ = shift + 7;
      value |= uint64_t{byte & 0x7fu} << shift;
      if ((byte & 0x80) == 0) return value;
    }
    return std::nullopt;
  }

  std::optional<uint64_t> signedNumber() {
    std::optional<uint64_t> value = unsignedNumber();
    if (value && (last_ & 0x40) && shift_ < 64) *value |= ~uint64_t{0} << shift_;
    return value;
  }

 private:
  std::span<const uint8_t> bytes_;
  size_t at_ = 0;
  uint8_t last_ = 0;
  unsigned shift_ = 0;
};

// `budget` bounds the lines of all functions: in a damaged file their programs may overlap.
std::vector<CodeLine> readLines(std::span<const uint8_t> program, uint32_t count, uint64_t address,
                                size_t& budget) {
  std::vector<CodeLine> lines;
  LineReader reader(program);
  uint64_t offset = 0;
  for (uint32_t i = 0; i < count && budget > 0; ++i, --budget) {
    const auto code = reader.unsignedNumber();
    const auto wasm = reader.signedNumber();
    if (!code || !wasm) break;
    lines.push_back({address += *code, offset += *wasm});
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
  const std::span<const uint8_t> programs = entries.subspan(head.function_count * kEntry);
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
