#include "loader.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <link.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wasmc/abi/fingerprint.h>
#include <wasmc/abi/metadata_reader.h>
#include <wasmc/module.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cerrno>
#include <condition_variable>
#include <cstdio>
#include <cstring>
#include <map>
#include <mutex>
#include <set>
#include <tuple>
#include <variant>

#include "arch.h"
#include "artifact.h"
#include "cpu_features.h"
#include "elf_file.h"
#include "log.h"

namespace wasmc::detail {
namespace {

using log::Category;

std::unexpected<Error> fail(ErrorCode code, const std::string& label, const std::string& what) {
  return error(code, "'" + label + "': " + what);
}

std::string hex(uint64_t n) {
  char text[24];
  std::snprintf(text, sizeof text, "%#llx", static_cast<unsigned long long>(n));
  return text;
}

Result<void> checkVersion(uint32_t version, uint64_t fingerprint, const std::string& label) {
  if (version != abi::kAbiVersion)
    return fail(ErrorCode::VersionMismatch, label,
                "made for ABI version " + std::to_string(version) + ", this runtime library has version " +
                    std::to_string(abi::kAbiVersion) + "; compile the module again");
  if (fingerprint != abi::kFingerprint)
    return fail(ErrorCode::VersionMismatch, label,
                "made with ABI fingerprint " + hex(fingerprint) + ", this runtime library has " +
                    hex(abi::kFingerprint) + "; compile the module again with the matching wasmc");
  return {};
}

// The types and limits that this version of the runtime library cannot provide.
Result<void> checkSupported(const abi::MetadataView& meta, const std::string& label) {
  const auto unsupported = [&](const char* what) {
    return fail(ErrorCode::Unsupported, label,
                std::string("the module needs ") + what + ", which this runtime library does not have");
  };
  const auto concrete = [](ValType t) { return t.isRef() && t.heap == abi::HeapCode::Concrete; };
  for (const abi::TypeEntry& type : meta.types())
    for (const abi::ArrayRef<ValType> list : {type.params, type.results})
      for (ValType t : meta.array(list))
        if (concrete(t)) return unsupported("typed function references");
  for (const abi::MemoryType& memory : meta.memories())
    if (memory.limits.page_size_log2 != 16) return unsupported("custom page sizes");
  for (const abi::TableEntryInit& table : meta.tables())
    if (table.type.limits.is64) return unsupported("64-bit tables");
  return {};
}

std::string listOf(const std::vector<std::string_view>& names) {
  std::string text;
  for (std::string_view name : names) text.append(text.empty() ? "" : ", ").append(name);
  return text;
}

Result<void> checkCpu(const abi::MetadataView& meta, const std::string& label) {
  std::vector<std::string_view> needed;
  for (abi::StringRef name : meta.array(meta->cpu_features)) needed.push_back(meta.string(name));
  const MissingFeatures result = findMissingFeatures(needed);
  if (result.missing.empty() && result.unknown.empty()) return {};
  std::string message = "compiled for CPU '" + std::string(meta.string(meta->cpu)) + "'";
  if (!result.missing.empty()) message += ", this one lacks: " + listOf(result.missing);
  if (!result.unknown.empty()) message += ", this runtime library does not know: " + listOf(result.unknown);
  return fail(ErrorCode::Target, label,
              message + "; compile the module with another --cpu (needed: " + listOf(needed) +
                  "; present: " + listOf(presentFeatures()) + ")");
}

Result<void> checkMetadata(std::span<const uint8_t> block, const std::string& label) {
  if (block.size() >= sizeof(abi::Metadata)) {
    abi::Metadata header;
    std::memcpy(static_cast<void*>(&header), block.data(), sizeof header);
    if (header.magic == abi::kMetadataMagic)
      if (Result<void> version = checkVersion(header.abi_version, header.fingerprint, label); !version)
        return version;
  }
  if (const char* why = abi::validateMetadata(block))
    return fail(ErrorCode::Format, label, std::string("damaged artifact: ") + why);
  const abi::MetadataView meta(block);
  const std::string_view target = meta.string(meta->target);
  if (target.substr(0, target.find('-')) != arch::kName)
    return fail(ErrorCode::Target, label,
                "made for " + std::string(target) + ", this machine is " + std::string(arch::kName) +
                    "; compile the module for this target");
  if (Result<void> cpu = checkCpu(meta, label); !cpu) return cpu;
  return checkSupported(meta, label);
}

// The metadata section of a file that is mapped at a page boundary, so that its alignment holds.
Result<std::span<const uint8_t>> findMetadata(const ElfFile& elf) {
  const auto block = elf.section(abi::kMetadataSection);
  if (!block)
    return fail(ErrorCode::Format, elf.label(),
                std::string("not an artifact of wasmc: it has no section ") + abi::kMetadataSection);
  return *block;
}

// Every byte of the file counts: a damaged one must not get as far as the dynamic loader, which trusts it.
Result<void> checkDigest(std::span<const uint8_t> file, std::span<const uint8_t> metadata,
                         const std::string& label) {
  const uint8_t* const field = metadata.data() + offsetof(abi::Metadata, file_digest);
  uint64_t expected = 0;
  std::memcpy(&expected, field, sizeof expected);
  constexpr uint8_t kZeros[sizeof expected] = {};
  XXH3_state_t state;
  XXH3_64bits_reset(&state);
  XXH3_64bits_update(&state, file.data(), static_cast<size_t>(field - file.data()));
  XXH3_64bits_update(&state, kZeros, sizeof kZeros);
  XXH3_64bits_update(&state, field + sizeof expected,
                     static_cast<size_t>(file.data() + file.size() - field) - sizeof expected);
  const uint64_t found = XXH3_64bits_digest(&state);
  if (found == expected) return {};
  return fail(ErrorCode::Format, label,
              "damaged artifact: the digest of its bytes is " + hex(found) + ", expected " + hex(expected) +
                  "; it was changed after wasmc wrote it: compile the module again");
}

// What is loaded now, by what it was loaded from, so that loading it again shares it.
using FileKey = std::tuple<dev_t, ino_t, off_t, time_t, long>;
using Key = std::variant<const abi::Descriptor*, FileKey>;

class Loaded {
 public:
  static Loaded& global() {
    static auto* loaded = new Loaded;  // never destroyed: modules may outlive static objects
    return *loaded;
  }

  // The artifact that is loaded from `key`, or what `load` makes. Loads take turns.
  template <typename Load>
  Result<ArtifactPtr> findOrLoad(const Key& key, Load load) {
    std::unique_lock lock(mutex_);
    // An artifact whose last user has gone is waited for: its code must not be registered twice.
    for (auto found = artifacts_.find(key); found != artifacts_.end(); found = artifacts_.find(key)) {
      if (ArtifactPtr shared = found->second.lock()) return shared;
      released_.wait(lock);
    }
    Result<std::unique_ptr<const Artifact>> made = load();
    if (!made) return std::unexpected(std::move(made).error());
    ArtifactPtr artifact(made->release(), [this, key](const Artifact* a) { release(key, a); });
    artifacts_[key] = artifact;
    return artifact;
  }

  // Never releases the artifact.
  void keep(ArtifactPtr artifact) {
    const std::lock_guard lock(mutex_);
    kept_.insert(std::move(artifact));
  }

 private:
  void release(const Key& key, const Artifact* artifact) {
    log::write(Category::Load, "%s: released", artifact->label().c_str());
    delete artifact;
    const std::lock_guard lock(mutex_);
    artifacts_.erase(key);
    released_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable released_;
  std::map<Key, std::weak_ptr<const Artifact>> artifacts_;
  std::set<ArtifactPtr> kept_;
};

// A name for dlopen that means exactly the file that was checked, and that no other library has as long as
// the descriptor is open. The path itself might meanwhile mean another file, or be known to the dynamic
// loader as one.
std::string nameForDynamicLoader(int fd, const std::string& path) {
  std::string name = "/proc/" + std::to_string(getpid()) + "/fd/" + std::to_string(fd);
  return access(name.c_str(), R_OK) == 0 ? name : path;
}

Result<const abi::Descriptor*> openLibrary(const ElfFile& elf, ArtifactSource& source) {
  const std::string& label = source.label;
  source.library = dlopen(nameForDynamicLoader(source.file.get(), label).c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!source.library) {
    const char* why = dlerror();
    return fail(ErrorCode::Io, label,
                std::string("the dynamic loader refused it: ") + (why ? why : "unknown error"));
  }
  const auto* descriptor = static_cast<const abi::Descriptor*>(dlsym(source.library, abi::kDescriptorSymbol));
  if (!descriptor)
    return fail(ErrorCode::Format, label,
                std::string("not an artifact of wasmc: it has no symbol '") + abi::kDescriptorSymbol + "'");
  const link_map* map = nullptr;
  if (dlinfo(source.library, RTLD_DI_LINKMAP, static_cast<void*>(&map)) == 0 && descriptor->memory_image) {
    const uint64_t image = reinterpret_cast<uint64_t>(descriptor) +
                           static_cast<uint64_t>(int64_t{descriptor->memory_image}) - map->l_addr;
    const std::optional<uint64_t> offset = elf.fileOffset(image, 0);
    if (offset && *offset % abi::kImagePageSize == 0) source.image_in_file = offset;
  }
  return descriptor;
}

Result<void> checkDescriptorHeader(const abi::Descriptor& descriptor, const std::string& label) {
  if (descriptor.magic != abi::kDescriptorMagic)
    return fail(ErrorCode::Format, label,
                "not an artifact of wasmc: descriptor magic " + hex(descriptor.magic) + ", expected " +
                    hex(abi::kDescriptorMagic));
  if (Result<void> version = checkVersion(descriptor.abi_version, descriptor.fingerprint, label); !version)
    return version;
  if (descriptor.size != sizeof(abi::Descriptor) || !descriptor.metadata)
    return fail(ErrorCode::Format, label,
                "damaged artifact: descriptor of " + std::to_string(descriptor.size) + " bytes, expected " +
                    std::to_string(sizeof(abi::Descriptor)));
  return {};
}

std::span<const uint8_t> metadataOf(const abi::Descriptor* descriptor) {
  return {reinterpret_cast<const uint8_t*>(descriptor) + descriptor->metadata, descriptor->metadata_size};
}

Result<std::unique_ptr<const Artifact>> openArtifact(os::Fd file, size_t size, const std::string& label) {
  os::FileView view;
  if (!os::FileView::map(file.get(), size, view))
    return fail(ErrorCode::Io, label, "cannot be mapped: " + os::errorText(errno));
  if (Result<void> checked = checkArtifactFile(view.bytes(), label); !checked)
    return std::unexpected(std::move(checked).error());
  const Result<ElfFile> parsed = ElfFile::parse(view.bytes(), label);
  const ElfFile& elf = *parsed;

  ArtifactSource source;
  source.label = label;
  source.file = std::move(file);
  const Result<const abi::Descriptor*> descriptor = openLibrary(elf, source);
  if (!descriptor) return std::unexpected(descriptor.error());
  if (Result<void> checked = checkDescriptorHeader(**descriptor, label); !checked)
    return std::unexpected(std::move(checked).error());
  const std::span<const uint8_t> mapped = metadataOf(*descriptor);
  const auto in_file = elf.section(abi::kMetadataSection);
  if (mapped.size() > in_file->size() || std::memcmp(mapped.data(), in_file->data(), mapped.size()) != 0)
    return fail(ErrorCode::Format, label, "damaged artifact: the descriptor leads to other metadata");
  log::write(Category::Load, "%s: %zu bytes of metadata, memory image %s", label.c_str(), mapped.size(),
             source.image_in_file ? "can be mapped" : "will be copied, if there is one");
  return Artifact::create(*descriptor, std::move(source));
}

}  // namespace

Result<void> checkArtifactFile(std::span<const uint8_t> bytes, const std::string& label) {
  const Result<ElfFile> elf = ElfFile::parse(bytes, label);
  if (!elf) return std::unexpected(elf.error());
  const Result<std::span<const uint8_t>> block = findMetadata(*elf);
  if (!block) return std::unexpected(block.error());
  if (Result<void> checked = checkMetadata(*block, label); !checked) return checked;
  if (Result<void> checked = checkDigest(bytes, *block, label); !checked) return checked;
  return elf->checkSelfContained();
}

Result<ArtifactPtr> loadFile(os::Fd file, const std::string& label) {
  struct stat info;
  if (fstat(file.get(), &info) != 0) return fail(ErrorCode::Io, label, os::errorText(errno));
  if (!S_ISREG(info.st_mode)) return fail(ErrorCode::Io, label, "not a regular file");
  const Key key = FileKey(info.st_dev, info.st_ino, info.st_size, info.st_mtim.tv_sec, info.st_mtim.tv_nsec);

  return Loaded::global().findOrLoad(
      key, [&] { return openArtifact(std::move(file), static_cast<size_t>(info.st_size), label); });
}

Result<ArtifactPtr> loadBytes(std::span<const uint8_t> bytes) {
  const std::string label = "artifact in memory";
  os::Fd file(memfd_create("wasmc-artifact", MFD_CLOEXEC));
  if (!file) return fail(ErrorCode::Io, label, "cannot make a memory file: " + os::errorText(errno));
  while (!bytes.empty()) {
    const ssize_t written = write(file.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0)
      return fail(ErrorCode::Io, label, "cannot write a memory file: " + os::errorText(errno));
    bytes = bytes.subspan(static_cast<size_t>(written));
  }
  return loadFile(std::move(file), label);
}

Result<ArtifactPtr> loadDescriptor(const abi::Descriptor* descriptor) {
  const std::string label = "linked-in module";
  if (!descriptor) return error(ErrorCode::InvalidHandle, "the descriptor is null");
  Result<ArtifactPtr> artifact =
      Loaded::global().findOrLoad(descriptor, [&]() -> Result<std::unique_ptr<const Artifact>> {
        if (Result<void> checked = checkDescriptorHeader(*descriptor, label); !checked)
          return std::unexpected(std::move(checked).error());
        if (Result<void> checked = checkMetadata(metadataOf(descriptor), label); !checked)
          return std::unexpected(std::move(checked).error());
        ArtifactSource source;
        source.label = label;
        return Artifact::create(descriptor, std::move(source));
      });
  // Its code is there as long as the program, and may lie between that of other modules: so it also stays
  // known.
  if (artifact) Loaded::global().keep(*artifact);
  return artifact;
}

}  // namespace wasmc::detail
