#include "loader.h"

#include <elf.h>
#include <gtest/gtest.h>
#include <wasmc/wasmc.h>

#include <cstring>
#include <string>
#include <vector>

namespace wasmc::detail {
namespace {

std::string refusal(std::span<const uint8_t> bytes) {
  const Result<void> checked = checkArtifactFile(bytes, "file");
  return checked ? "" : checked.error().message;
}

std::string refusal(std::string_view text) {
  return refusal(std::span(reinterpret_cast<const uint8_t*>(text.data()), text.size()));
}

// A minimal shared object for this machine: one section, no segments.
std::vector<uint8_t> minimalElf() {
  Elf64_Ehdr header = {};
  std::memcpy(header.e_ident, ELFMAG, SELFMAG);
  header.e_ident[EI_CLASS] = ELFCLASS64;
  header.e_ident[EI_DATA] = ELFDATA2LSB;
  header.e_type = ET_DYN;
#if defined(__x86_64__)
  header.e_machine = EM_X86_64;
#elif defined(__riscv)
  header.e_machine = EM_RISCV;
  header.e_flags = EF_RISCV_FLOAT_ABI_DOUBLE;
#else
  header.e_machine = EM_AARCH64;
#endif
  header.e_phentsize = sizeof(Elf64_Phdr);
  header.e_shentsize = sizeof(Elf64_Shdr);
  header.e_shoff = sizeof header;
  header.e_shnum = 1;
  std::vector<uint8_t> bytes(sizeof header + sizeof(Elf64_Shdr));
  std::memcpy(bytes.data(), &header, sizeof header);
  return bytes;
}

Elf64_Ehdr& headerOf(std::vector<uint8_t>& bytes) { return *reinterpret_cast<Elf64_Ehdr*>(bytes.data()); }

TEST(Loader, SaysWhatAFileIsThatIsNoArtifact) {
  EXPECT_EQ(refusal(""), "'file': the file is empty");
  EXPECT_EQ(refusal("#!/bin/sh"),
            "'file': not an ELF file: it starts with 23 21 2f 62, expected 7f 45 4c 46");
  EXPECT_EQ(refusal(std::string_view("\0asm\1\0\0\0", 8)),
            "'file': this is a WebAssembly module, not an artifact; compile it with wasmc first");
}

TEST(Loader, RefusesElfFilesOfOtherKinds) {
  std::vector<uint8_t> elf = minimalElf();
  headerOf(elf).e_machine = EM_ARM;
  EXPECT_NE(refusal(elf).find("made for ARM"), std::string::npos) << refusal(elf);
  elf = minimalElf();
  headerOf(elf).e_type = ET_REL;
  EXPECT_NE(refusal(elf).find("an object file"), std::string::npos) << refusal(elf);
  elf = minimalElf();
  headerOf(elf).e_ident[EI_CLASS] = ELFCLASS32;
  EXPECT_NE(refusal(elf).find("64-bit"), std::string::npos) << refusal(elf);
}

#if defined(__riscv)
TEST(Loader, RefusesOtherCallingConventions) {
  std::vector<uint8_t> elf = minimalElf();
  headerOf(elf).e_flags = EF_RISCV_RVC;
  EXPECT_EQ(refusal(elf),
            "'file': made for another calling convention: ELF flags 0x1, expected 0x4 in the bits 0x1e");
  headerOf(elf).e_flags = EF_RISCV_RVC | EF_RISCV_FLOAT_ABI_DOUBLE;
  EXPECT_EQ(refusal(elf).find("convention"), std::string::npos) << refusal(elf);
}
#endif

TEST(Loader, RefusesElfFilesThatEndTooEarly) {
  std::vector<uint8_t> elf = minimalElf();
  elf.pop_back();
  EXPECT_NE(refusal(elf).find("truncated"), std::string::npos) << refusal(elf);
  elf.resize(20);
  EXPECT_NE(refusal(elf).find("truncated"), std::string::npos) << refusal(elf);
}

TEST(Loader, RefusesTablesThatLieOutsideTheFile) {
  for (uint64_t at : {uint64_t{1} << 40, UINT64_MAX, UINT64_MAX - 8}) {
    std::vector<uint8_t> elf = minimalElf();
    headerOf(elf).e_shoff = at;
    EXPECT_NE(refusal(elf).find("truncated"), std::string::npos) << refusal(elf);
    elf = minimalElf();
    headerOf(elf).e_phoff = at;
    headerOf(elf).e_phnum = 1;
    EXPECT_NE(refusal(elf).find("truncated"), std::string::npos) << refusal(elf);
  }
}

TEST(Loader, RefusesElfFilesWithoutMetadata) {
  EXPECT_EQ(refusal(minimalElf()), "'file': not an artifact of wasmc: it has no section .wasmc.meta");
}

TEST(Loader, NamesTheFileThatCannotBeOpened) {
  const Engine engine;
  const Result<Module> missing = Module::load(engine, "/nonexistent/app.so");
  EXPECT_EQ(missing.error().code, ErrorCode::Io);
  EXPECT_EQ(missing.error().message, "cannot open '/nonexistent/app.so': No such file or directory");
  EXPECT_EQ(Module::load(engine, "/tmp").error().message, "'/tmp': not a regular file");
}

TEST(Loader, RefusesAProgramOfTheHost) {
  const Engine engine;
  const Result<Module> module = Module::load(engine, "/proc/self/exe");
  ASSERT_FALSE(module);
  EXPECT_NE(module.error().message.find("not an artifact of wasmc"), std::string::npos);
}

TEST(Loader, RefusesDescriptorsThatAreNone) {
  const Engine engine;
  EXPECT_EQ(Module::fromDescriptor(engine, nullptr).error().code, ErrorCode::InvalidHandle);
  abi::Descriptor descriptor = {};
  EXPECT_EQ(Module::fromDescriptor(engine, &descriptor).error().code, ErrorCode::Format);
  descriptor.magic = abi::kDescriptorMagic;
  descriptor.abi_version = abi::kAbiVersion + 1;
  EXPECT_EQ(Module::fromDescriptor(engine, &descriptor).error().code, ErrorCode::VersionMismatch);
}

}  // namespace
}  // namespace wasmc::detail
