#include "elf_file.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "arch.h"

namespace wasmc::detail {
namespace {

std::string machineName(Elf64_Half machine) {
  switch (machine) {
    case EM_X86_64: return "x86-64";
    case EM_AARCH64: return "AArch64";
    case EM_RISCV: return "RISC-V";
    case EM_386: return "i386";
    case EM_ARM: return "ARM";
    default: return "machine number " + std::to_string(machine);
  }
}

std::string hex(Elf64_Word number) {
  char text[16];
  std::snprintf(text, sizeof text, "0x%x", number);
  return text;
}

std::string hexBytes(std::span<const uint8_t> bytes) {
  std::string text;
  for (uint8_t byte : bytes) {
    char two[4];
    std::snprintf(two, sizeof two, "%02x", byte);
    text += (text.empty() ? "" : " ") + std::string(two);
  }
  return text;
}

// What a file that is not ELF looks like.
std::string describe(std::span<const uint8_t> bytes) {
  const std::span<const uint8_t> start = bytes.first(std::min<size_t>(bytes.size(), 4));
  if (bytes.empty()) return "the file is empty";
  if (std::memcmp(start.data(), "\0asm", start.size()) == 0)
    return "this is a WebAssembly module, not an artifact; compile it with wasmc first";
  if (std::memcmp(start.data(), "!<arch>", start.size()) == 0)
    return "this is an archive, not a shared object";
  return "not an ELF file: it starts with " + hexBytes(start) + ", expected 7f 45 4c 46";
}

}  // namespace

Result<ElfFile> ElfFile::parse(std::span<const uint8_t> bytes, std::string label) {
  ElfFile file(bytes, std::move(label));
  for (auto step : {&ElfFile::readHeader, &ElfFile::readSegments, &ElfFile::readSections})
    if (Result<void> done = (file.*step)(); !done) return std::unexpected(std::move(done).error());
  return file;
}

std::unexpected<Error> ElfFile::fail(ErrorCode code, const std::string& what) const {
  return error(code, "'" + label_ + "': " + what);
}

template <typename T>
T ElfFile::at(uint64_t offset) const {
  T value;
  std::memcpy(&value, bytes_.data() + offset, sizeof value);
  return value;
}

Result<void> ElfFile::readHeader() {
  if (bytes_.size() < SELFMAG || std::memcmp(bytes_.data(), ELFMAG, SELFMAG) != 0)
    return fail(ErrorCode::Format, describe(bytes_));
  if (!within(0, sizeof header_))
    return fail(ErrorCode::Format, "truncated: an ELF header has " + std::to_string(sizeof header_) +
                                       " bytes, the file " + std::to_string(bytes_.size()));
  header_ = at<Elf64_Ehdr>(0);
  if (header_.e_ident[EI_CLASS] != ELFCLASS64 || header_.e_ident[EI_DATA] != ELFDATA2LSB)
    return fail(ErrorCode::Target, "not a 64-bit little-endian ELF file");
  if (header_.e_machine != arch::kElfMachine)
    return fail(ErrorCode::Target, "made for " + machineName(header_.e_machine) + ", this machine is " +
                                       machineName(arch::kElfMachine) +
                                       "; compile the module for this target");
  if ((header_.e_flags & arch::kElfAbiMask) != arch::kElfAbi)
    return fail(ErrorCode::Target, "made for another calling convention: ELF flags " + hex(header_.e_flags) +
                                       ", expected " + hex(arch::kElfAbi) + " in the bits " +
                                       hex(arch::kElfAbiMask));
  if (header_.e_type == ET_REL)
    return fail(
        ErrorCode::Format,
        "an object file, expected a shared object; link it into the program, or compile with --emit=so");
  if (header_.e_type != ET_DYN)
    return fail(ErrorCode::Format,
                "ELF type " + std::to_string(header_.e_type) + ", expected a shared object (3)");
  return {};
}

Result<void> ElfFile::readSegments() {
  if (header_.e_phentsize != sizeof(Elf64_Phdr) ||
      !within(header_.e_phoff, uint64_t{header_.e_phnum} * sizeof(Elf64_Phdr)))
    return fail(ErrorCode::Format, "truncated: the program headers lie beyond the end of the file");
  for (uint64_t i = 0; i < header_.e_phnum; ++i) {
    segments_.push_back(at<Elf64_Phdr>(header_.e_phoff + i * sizeof(Elf64_Phdr)));
    const Elf64_Phdr& s = segments_.back();
    if (!within(s.p_offset, s.p_filesz))
      return fail(ErrorCode::Format, "truncated: segment " + std::to_string(i) + " has " +
                                         std::to_string(s.p_filesz) + " bytes from offset " +
                                         std::to_string(s.p_offset) + ", the file ends at " +
                                         std::to_string(bytes_.size()));
  }
  return {};
}

Result<void> ElfFile::readSections() {
  if (header_.e_shoff == 0)
    return fail(ErrorCode::Format,
                "it has no section headers, where the metadata is looked for; was it stripped of them?");
  if (header_.e_shentsize != sizeof(Elf64_Shdr) ||
      !within(header_.e_shoff, uint64_t{header_.e_shnum} * sizeof(Elf64_Shdr)))
    return fail(ErrorCode::Format, "truncated: the section headers lie beyond the end of the file");
  for (uint64_t i = 0; i < header_.e_shnum; ++i) {
    sections_.push_back(at<Elf64_Shdr>(header_.e_shoff + i * sizeof(Elf64_Shdr)));
    const Elf64_Shdr& s = sections_.back();
    if (s.sh_type != SHT_NOBITS && !within(s.sh_offset, s.sh_size))
      return fail(ErrorCode::Format, "truncated: section " + std::to_string(i) + " has " +
                                         std::to_string(s.sh_size) + " bytes from offset " +
                                         std::to_string(s.sh_offset) + ", the file ends at " +
                                         std::to_string(bytes_.size()));
  }
  return {};
}

std::string_view ElfFile::sectionName(const Elf64_Shdr& section) const {
  if (header_.e_shstrndx >= sections_.size()) return {};
  const Elf64_Shdr& names = sections_[header_.e_shstrndx];
  if (names.sh_type == SHT_NOBITS || section.sh_name >= names.sh_size) return {};
  const char* name = reinterpret_cast<const char*>(bytes_.data()) + names.sh_offset + section.sh_name;
  return {name, strnlen(name, names.sh_size - section.sh_name)};
}

std::optional<std::span<const uint8_t>> ElfFile::section(std::string_view name) const {
  for (const Elf64_Shdr& s : sections_)
    if (s.sh_type != SHT_NOBITS && sectionName(s) == name) return bytes_.subspan(s.sh_offset, s.sh_size);
  return std::nullopt;
}

Result<void> ElfFile::checkSelfContained() const {
  if (Result<void> dynamic = checkDynamicSection(); !dynamic) return dynamic;
  return checkSymbols();
}

Result<void> ElfFile::checkDynamicSection() const {
  for (const Elf64_Phdr& segment : segments_) {
    if (segment.p_type != PT_DYNAMIC) continue;
    for (uint64_t i = 0; i + sizeof(Elf64_Dyn) <= segment.p_filesz; i += sizeof(Elf64_Dyn)) {
      const Elf64_Dyn entry = at<Elf64_Dyn>(segment.p_offset + i);
      switch (entry.d_tag) {
        case DT_NULL: i = segment.p_filesz; break;
        case DT_NEEDED: return fail(ErrorCode::Format, "it needs other libraries; an artifact needs none");
        case DT_INIT:
        case DT_INIT_ARRAY:
        case DT_PREINIT_ARRAY:
        case DT_FINI:
        case DT_FINI_ARRAY:
          return fail(ErrorCode::Format, "it has constructors or destructors; an artifact has none");
        case DT_TEXTREL: return fail(ErrorCode::Format, "it has text relocations; an artifact has none");
        case DT_FLAGS:
          if (entry.d_un.d_val & DF_TEXTREL)
            return fail(ErrorCode::Format, "it has text relocations; an artifact has none");
          break;
        default: break;
      }
    }
  }
  return {};
}

Result<void> ElfFile::checkSymbols() const {
  for (const Elf64_Shdr& section : sections_) {
    if (section.sh_type != SHT_DYNSYM) continue;
    // The first symbol is the null symbol.
    for (uint64_t i = sizeof(Elf64_Sym); i + sizeof(Elf64_Sym) <= section.sh_size; i += sizeof(Elf64_Sym)) {
      const auto symbol = at<Elf64_Sym>(section.sh_offset + i);
      if (symbol.st_shndx == SHN_UNDEF)
        return fail(ErrorCode::Format, "it has undefined symbols; an artifact has none");
      if (ELF64_ST_TYPE(symbol.st_info) == STT_GNU_IFUNC)
        return fail(ErrorCode::Format, "it has indirect functions, which run code when they are loaded");
    }
  }
  return {};
}

std::optional<uint64_t> ElfFile::fileOffset(uint64_t address, uint64_t size) const {
  for (const Elf64_Phdr& s : segments_) {
    if (s.p_type != PT_LOAD || address < s.p_vaddr || address - s.p_vaddr > s.p_filesz) continue;
    if (size > s.p_filesz - (address - s.p_vaddr)) continue;
    return s.p_offset + (address - s.p_vaddr);
  }
  return std::nullopt;
}

}  // namespace wasmc::detail
