// Any bytes as an artifact: the loader's checks up to where it would map the file executable, and what
// wasminspect shows. The digest of the file is made right before each run, or no mutation would get past it.
#include "elf_file.h"
#include "loader.h"
#include "wasminspect/describe.h"

#include <wasmc/abi/descriptor.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cstdlib>
#include <cstring>

namespace {

using namespace wasmc;

void seal(std::vector<uint64_t>& words, size_t size) {
  auto* const bytes = reinterpret_cast<uint8_t*>(words.data());
  const auto elf = detail::ElfFile::parse({bytes, size}, "fuzz.so");
  if (!elf) return;
  const auto block = elf->section(abi::kMetadataSection);
  if (!block || block->size() < sizeof(abi::Metadata)) return;
  uint8_t* const field = bytes + (block->data() - bytes) + offsetof(abi::Metadata, file_digest);
  constexpr uint64_t kNone = 0;
  std::memcpy(field, &kNone, sizeof kNone);
  const uint64_t digest = XXH3_64bits(bytes, size);
  std::memcpy(field, &digest, sizeof digest);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::vector<uint64_t> words(size / sizeof(uint64_t) + 1);  // aligned as a mapped file is
  if (size > 0) std::memcpy(words.data(), data, size);
  seal(words, size);
  const std::span<const uint8_t> bytes(reinterpret_cast<const uint8_t*>(words.data()), size);
  if (const Result<void> checked = detail::checkArtifactFile(bytes, "fuzz.so");
      !checked && checked.error().message.empty())
    std::abort();

  if (!inspect::looksElf(bytes)) return 0;
  const auto file = inspect::readElf(bytes);
  if (!file) return 0;
  if (const auto description = inspect::describeArtifact(*file)) inspect::toText(*description);
  return 0;
}
