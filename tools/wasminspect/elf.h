// The sections of a 64-bit little-endian ELF file, read from its bytes: nothing is mapped, relocated or run.
#ifndef WASMC_TOOLS_WASMINSPECT_ELF_H
#define WASMC_TOOLS_WASMINSPECT_ELF_H

#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wasmc::inspect {

struct ElfSection {
  std::string_view name;
  uint64_t address = 0;  // where it is loaded; 0 in a relocatable object
  uint64_t size = 0;     // in memory, too, where the section is loaded
  bool loaded = false;
  std::span<const uint8_t> bytes;  // empty for one without contents in the file
};

// Views into the file's bytes.
struct ElfFile {
  std::string type;     // "shared object", "object", "executable"
  std::string machine;  // "x86-64"
  std::vector<ElfSection> sections;
  std::vector<std::string_view> exports;  // global symbols that it defines

  const ElfSection* section(std::string_view name) const;
};

bool looksElf(std::span<const uint8_t> bytes);

// The error says in what way the file is damaged, or not one that we read.
std::expected<ElfFile, std::string> readElf(std::span<const uint8_t> bytes);

}  // namespace wasmc::inspect

#endif  // WASMC_TOOLS_WASMINSPECT_ELF_H
