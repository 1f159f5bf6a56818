#include "driver/seal.h"

#include <llvm/Object/ELFObjectFile.h>
#include <llvm/Support/xxhash.h>

#include <wasmc/abi/descriptor.h>

#include <cstring>

namespace wasmc::compiler {
namespace {

// Where a section's contents begin in the file.
Result<size_t> findSection(const Bytes& bytes, const char* wanted) {
  const llvm::StringRef data(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  auto file = llvm::object::ObjectFile::createELFObjectFile(llvm::MemoryBufferRef(data, "artifact"));
  if (!file) return error("internal error in sealing: " + llvm::toString(file.takeError()));
  for (const llvm::object::SectionRef& section : (*file)->sections()) {
    auto name = section.getName();
    auto contents = section.getContents();
    if (!name || !contents) {
      llvm::consumeError(name.takeError());
      llvm::consumeError(contents.takeError());
      continue;
    }
    if (*name == wanted) return static_cast<size_t>(contents->data() - data.data());
  }
  return error(std::string("internal error in sealing: there is no section ") + wanted);
}

}  // namespace

Result<void> seal(Bytes& shared_object) {
  const auto metadata = findSection(shared_object, abi::kMetadataSection);
  if (!metadata) return std::unexpected(metadata.error());
  const uint64_t digest = llvm::xxh3_64bits(shared_object);
  std::memcpy(shared_object.data() + *metadata + offsetof(abi::Metadata, file_digest), &digest,
              sizeof digest);
  return {};
}

}  // namespace wasmc::compiler
