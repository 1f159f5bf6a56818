// Looks at an ELF file before the dynamic loader does: is it whole, is it for this machine, does it hold the
// metadata of an artifact, and will loading it run no code and need no other library.
#ifndef WASMC_ELF_FILE_H
#define WASMC_ELF_FILE_H

#include <elf.h>
#include <wasmc/result.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wasmc::detail {

class ElfFile {
 public:
  // Checks that the file is a complete shared object for this machine. `label` names it in messages.
  static Result<ElfFile> parse(std::span<const uint8_t> bytes, std::string label);

  // The contents of the section of that name; none if there is no such section.
  std::optional<std::span<const uint8_t>> section(std::string_view name) const;
  // Nothing that would make loading it run code, or depend on anything outside of it.
  Result<void> checkSelfContained() const;
  // Where in the file the bytes at a virtual address are; none if they are not.
  std::optional<uint64_t> fileOffset(uint64_t address, uint64_t size) const;
  const std::string& label() const { return label_; }

 private:
  ElfFile(std::span<const uint8_t> bytes, std::string label) : bytes_(bytes), label_(std::move(label)) {}

  std::unexpected<Error> fail(ErrorCode code, const std::string& what) const;
  bool within(uint64_t offset, uint64_t size) const {
    return offset <= bytes_.size() && size <= bytes_.size() - offset;
  }
  // An element of a table in the file, which may stand at any alignment.
  template <typename T>
  T at(uint64_t offset) const;
  Result<void> readHeader();
  Result<void> readSegments();
  Result<void> readSections();
  std::string_view sectionName(const Elf64_Shdr& section) const;
  Result<void> checkDynamicSection() const;
  Result<void> checkSymbols() const;

  std::span<const uint8_t> bytes_;
  std::string label_;
  Elf64_Ehdr header_ = {};
  std::vector<Elf64_Phdr> segments_;
  std::vector<Elf64_Shdr> sections_;
};

}  // namespace wasmc::detail

#endif  // WASMC_ELF_FILE_H
