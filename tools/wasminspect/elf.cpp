#include "elf.h"

#include <elf.h>

#include <algorithm>
#include <cstring>
#include <optional>

namespace wasmc::inspect {
namespace {

std::string typeName(uint16_t type) {
  switch (type) {
    case ET_DYN: return "shared object";
    case ET_REL: return "object";
    case ET_EXEC: return "executable";
    default: return "ELF type " + std::to_string(type);
  }
}

std::string machineName(uint16_t machine) {
  switch (machine) {
    case EM_X86_64: return "x86-64";
    case EM_AARCH64: return "AArch64";
    case EM_RISCV: return "RISC-V";
    default: return "ELF machine " + std::to_string(machine);
  }
}

// Bounds-checked, alignment-free reads of a file that may be damaged.
class Reader {
 public:
  explicit Reader(std::span<const uint8_t> bytes) : bytes_(bytes) {}

  std::expected<ElfFile, std::string> file() {
    const auto header = read<Elf64_Ehdr>(bytes_, 0);
    if (!header)
      return std::unexpected("truncated: " + std::to_string(bytes_.size()) + " bytes are no ELF header");
    if (header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_ident[EI_DATA] != ELFDATA2LSB) {
      return std::unexpected("not a 64-bit little-endian ELF file");
    }
    ElfFile file{typeName(header->e_type), machineName(header->e_machine), {}, {}};
    if (std::string problem = sections(*header, file); !problem.empty()) return std::unexpected(problem);
    symbols(file);
    return file;
  }

 private:
  template <typename T>
  static std::optional<T> read(std::span<const uint8_t> from, uint64_t offset) {
    if (offset > from.size() || from.size() - offset < sizeof(T)) return std::nullopt;
    T value;
    std::memcpy(&value, from.data() + offset, sizeof value);
    return value;
  }

  static std::string_view string(std::span<const uint8_t> table, uint64_t offset) {
    if (offset >= table.size()) return {};
    const auto* start = reinterpret_cast<const char*>(table.data()) + offset;
    return {start, strnlen(start, table.size() - offset)};
  }

  // What a section's header says its contents are; nothing where they do not lie in the file.
  std::optional<std::span<const uint8_t>> contents(const Elf64_Shdr& header) const {
    if (header.sh_type == SHT_NOBITS) return std::span<const uint8_t>();
    if (header.sh_offset > bytes_.size() || header.sh_size > bytes_.size() - header.sh_offset)
      return std::nullopt;
    return bytes_.subspan(header.sh_offset, header.sh_size);
  }

  std::string sections(const Elf64_Ehdr& header, ElfFile& file) {
    if (header.e_shoff == 0) return "it has no section headers";
    if (header.e_shentsize != sizeof(Elf64_Shdr)) return "its section headers have an unknown size";
    const auto first = read<Elf64_Shdr>(bytes_, header.e_shoff);
    if (!first) return "truncated: its section headers lie beyond its end";
    // Section 0 holds the numbers that are too large for the ELF header.
    const uint64_t count = header.e_shnum != 0 ? header.e_shnum : first->sh_size;
    const uint64_t names = header.e_shstrndx != SHN_XINDEX ? header.e_shstrndx : first->sh_link;
    if (count > (bytes_.size() - header.e_shoff) / sizeof(Elf64_Shdr)) {
      return "truncated: its section headers lie beyond its end";
    }
    for (uint64_t i = 0; i < count; ++i) {
      headers_.push_back(*read<Elf64_Shdr>(bytes_, header.e_shoff + i * sizeof(Elf64_Shdr)));
    }
    if (names >= count) return "its section names are missing";
    const auto name_table = contents(headers_[names]);
    if (!name_table) return "truncated: its section names lie beyond its end";
    for (const Elf64_Shdr& h : headers_) {
      const auto bytes = h.sh_type == SHT_NULL ? std::span<const uint8_t>() : contents(h);
      const std::string_view name = string(*name_table, h.sh_name);
      if (!bytes) return "truncated: its section '" + std::string(name) + "' lies beyond its end";
      file.sections.push_back({name, h.sh_addr, h.sh_size, (h.sh_flags & SHF_ALLOC) != 0, *bytes});
    }
    return {};
  }

  void symbols(ElfFile& file) const {
    const bool linked = file.type != "object";
    for (size_t i = 0; i < headers_.size(); ++i) {
      if (headers_[i].sh_type != (linked ? SHT_DYNSYM : SHT_SYMTAB) || headers_[i].sh_link >= headers_.size())
        continue;
      const std::span<const uint8_t> table = file.sections[i].bytes;
      const std::span<const uint8_t> names = file.sections[headers_[i].sh_link].bytes;
      for (uint64_t at = 0; at + sizeof(Elf64_Sym) <= table.size(); at += sizeof(Elf64_Sym)) {
        const auto symbol = *read<Elf64_Sym>(table, at);
        const bool global = ELF64_ST_BIND(symbol.st_info) == STB_GLOBAL;
        if (global && symbol.st_shndx != SHN_UNDEF) file.exports.push_back(string(names, symbol.st_name));
      }
    }
  }

  std::span<const uint8_t> bytes_;
  std::vector<Elf64_Shdr> headers_;
};

}  // namespace

const ElfSection* ElfFile::section(std::string_view name) const {
  const auto found = std::ranges::find(sections, name, &ElfSection::name);
  return found == sections.end() ? nullptr : &*found;
}

bool looksElf(std::span<const uint8_t> bytes) {
  return bytes.size() >= SELFMAG && std::memcmp(bytes.data(), ELFMAG, SELFMAG) == 0;
}

std::expected<ElfFile, std::string> readElf(std::span<const uint8_t> bytes) { return Reader(bytes).file(); }

}  // namespace wasmc::inspect
