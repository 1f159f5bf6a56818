#include "load.h"

#include "wasmc_process.h"

#include <wasmc/abi/fingerprint.h>
#include <wasmc/artifact_cache.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace wasmc::tool {
namespace {

// The bytes of a file, mapped.
class MappedFile {
 public:
  static Outcome<MappedFile> open(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return failure("cannot read '" + path + "': " + std::strerror(errno));
    Outcome<MappedFile> file = map(fd, path);
    close(fd);
    return file;
  }
  // Of the whole open file.
  static Outcome<MappedFile> map(int fd, const std::string& name) {
    struct stat status;
    if (fstat(fd, &status) != 0) return failure("cannot read '" + name + "': " + std::strerror(errno));
    if (S_ISDIR(status.st_mode)) return failure("cannot run '" + name + "': it is a directory");
    MappedFile file;
    file.size_ = static_cast<size_t>(status.st_size);
    if (file.size_ == 0) return file;
    void* bytes = mmap(nullptr, file.size_, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED) return failure("cannot read '" + name + "': " + std::strerror(errno));
    file.bytes_ = static_cast<const uint8_t*>(bytes);
    return file;
  }

  MappedFile(MappedFile&& other) noexcept
      : bytes_(std::exchange(other.bytes_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  MappedFile& operator=(MappedFile&&) = delete;
  ~MappedFile() {
    if (bytes_ != nullptr) munmap(const_cast<uint8_t*>(bytes_), size_);
  }

  std::span<const uint8_t> bytes() const { return {bytes_, size_}; }
  bool startsWith(std::string_view magic) const {
    return size_ >= magic.size() && std::memcmp(bytes_, magic.data(), magic.size()) == 0;
  }

 private:
  MappedFile() = default;
  const uint8_t* bytes_ = nullptr;
  size_t size_ = 0;
};

Outcome<Module> orFailure(Result<Module> module) {
  if (!module) return failure(module.error().message);
  return *module;
}

void warn(const std::string& message) { std::fprintf(stderr, "wasmrun: warning: %s\n", message.c_str()); }

// "native" and the default CPU mean another machine elsewhere; a home directory may be shared by several.
std::string describeMachine() {
  std::string text;
  std::FILE* file = std::fopen("/proc/cpuinfo", "re");
  char line[4096];
  while (file != nullptr && std::fgets(line, sizeof(line), file) != nullptr && line[0] != '\n') {
    const std::string_view row = line;
    if (row.starts_with("flags") || row.starts_with("Features") || row.starts_with("model")) text += row;
  }
  if (file != nullptr) std::fclose(file);
  return text;
}

std::string keyOf(const MappedFile& source, const std::string& wasmc,
                  std::span<const std::string> arguments) {
  std::vector<std::string> parts = {compiler::hashOf(source.bytes()), describeWasmc(wasmc),
                                    std::to_string(abi::kFingerprint), describeMachine()};
  parts.insert(parts.end(), arguments.begin(), arguments.end());
  return compiler::cacheKey(parts);
}

Outcome<Module> compileToMemory(const Engine& engine, const std::string& wasmc,
                                std::span<const std::string> arguments, const std::string& file) {
  const int fd = memfd_create("wasmrun", MFD_CLOEXEC);
  if (fd < 0) return failure(std::string("no memory file for the compiled module: ") + std::strerror(errno));
  const Outcome<void> compiled = runWasmc(wasmc, arguments, file, fd);
  Outcome<MappedFile> object = MappedFile::map(fd, file);
  close(fd);
  if (!compiled) return std::unexpected(compiled.error());
  if (!object) return std::unexpected(object.error());
  return orFailure(Module::fromBytes(engine, object->bytes()));
}

// None, and a warning, if the cache can not be used.
template <typename T>
std::optional<T> usable(std::expected<T, std::string> result) {
  if (result) return std::move(*result);
  warn("the cache can not be used: " + result.error());
  return std::nullopt;
}

std::optional<compiler::ArtifactCache> openCache() {
  const std::optional<std::string> folder = compiler::ArtifactCache::defaultFolder();
  if (folder) return usable(compiler::ArtifactCache::open(*folder));
  warn("no cache: neither XDG_CACHE_HOME nor HOME says where");
  return std::nullopt;
}

// Compiles into the cache. No value if it can not be used.
std::optional<Outcome<Module>> compileToCache(const Engine& engine, const std::string& wasmc,
                                              std::span<const std::string> arguments, const std::string& file,
                                              const compiler::ArtifactCache& cache, const std::string& key) {
  auto entry = usable(cache.create(key));
  if (!entry) return std::nullopt;
  if (Outcome<void> compiled = runWasmc(wasmc, arguments, file, entry->fd()); !compiled)
    return std::unexpected(compiled.error());
  const auto path = usable(entry->commit());
  if (!path) return std::nullopt;
  return orFailure(Module::load(engine, *path));
}

Outcome<Module> compileOrReuse(const Engine& engine, const MappedFile& source, const std::string& file,
                               const Options& options) {
  const Outcome<std::string> wasmc = findWasmc();
  if (!wasmc) return std::unexpected(wasmc.error());
  const std::vector<std::string> arguments = compileArguments(options);
  const auto cache = options.cache ? openCache() : std::nullopt;
  if (cache) {
    const std::string key = keyOf(source, *wasmc, arguments);
    // What can not be loaded (a disk that was full, a file cut short) is made again.
    if (const auto path = cache->find(key))
      if (Result<Module> module = Module::load(engine, *path)) return *module;
    if (auto module = compileToCache(engine, *wasmc, arguments, file, *cache, key)) return std::move(*module);
  }
  return compileToMemory(engine, *wasmc, arguments, file);
}

bool countsFuel(const Module& module) {
  const std::vector<std::string> modes = module.modes();
  return std::ranges::find(modes, "--fuel") != modes.end();
}

}  // namespace

Outcome<Module> loadModule(const Engine& engine, const std::string& file, const Options& options) {
  const Outcome<MappedFile> source = MappedFile::open(file);
  if (!source) return std::unexpected(source.error());
  if (source->startsWith("\x7f"
                         "ELF")) {
    Outcome<Module> module = orFailure(Module::load(engine, file));
    if (module && options.fuel && !countsFuel(*module))
      return failure("'" + file + "' does not count fuel; compile it with wasmc --fuel");
    return module;
  }
  return compileOrReuse(engine, *source, file, options);
}

}  // namespace wasmc::tool
