#include "wasmc/artifact_cache.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <memory>
#include <utility>
#include <vector>

#include "cache/sha256.h"

namespace wasmc::compiler {
namespace {

constexpr std::string_view kTemporaryPrefix = ".new-";
constexpr std::string_view kSuffix = ".so";
// What is older than this was left by a process that is gone.
constexpr time_t kAbandonedAfter = 24 * 60 * 60;

// mkdir -p.
int makeFolders(const std::string& path) {
  for (size_t at = 1; at != std::string::npos;) {
    at = path.find('/', at + 1);
    if (mkdir(path.substr(0, at).c_str(), 0700) != 0 && errno != EEXIST) return errno;
  }
  return 0;
}

std::unexpected<std::string> problem(const std::string& path, int error) {
  return std::unexpected("'" + path + "': " + std::strerror(error));
}

struct CachedFile {
  std::string path;
  uint64_t bytes;
  timespec used;
};

bool usedBefore(const CachedFile& a, const CachedFile& b) {
  return std::pair(a.used.tv_sec, a.used.tv_nsec) < std::pair(b.used.tv_sec, b.used.tv_nsec);
}

// The artifacts in a folder. Removes what crashed processes left.
std::vector<CachedFile> listArtifacts(const std::string& folder) {
  std::vector<CachedFile> files;
  const std::unique_ptr<DIR, int (*)(DIR*)> directory(opendir(folder.c_str()), closedir);
  while (const dirent* entry = directory ? readdir(directory.get()) : nullptr) {
    const std::string_view name = entry->d_name;
    const std::string path = folder + "/" + std::string(name);
    struct stat info{};
    if (lstat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) continue;
    if (name.starts_with(kTemporaryPrefix) && info.st_mtim.tv_sec + kAbandonedAfter < std::time(nullptr))
      unlink(path.c_str());
    else if (name.ends_with(kSuffix))
      files.push_back({path, static_cast<uint64_t>(info.st_blocks) * 512, info.st_atim});
  }
  return files;
}

// Removes artifacts, those first that were not used for the longest time, until the others fit. Another
// process that still runs one keeps it: only its name goes. What another process removes meanwhile is gone,
// too.
void makeRoom(const std::string& folder, uint64_t max_bytes, const std::string& keep) {
  std::vector<CachedFile> files = listArtifacts(folder);
  uint64_t total = 0;
  for (const CachedFile& file : files) total += file.bytes;
  std::ranges::sort(files, usedBefore);
  for (const CachedFile& file : files) {
    if (total <= max_bytes) return;
    if (file.path == keep) continue;
    unlink(file.path.c_str());
    total -= file.bytes;
  }
}

// Reading does not change the time of use on all file systems, so it is set. The time of modification stays:
// the runtime library knows a loaded file by it.
void markAsUsed(const std::string& path) {
  const timespec times[2] = {{0, UTIME_NOW}, {0, UTIME_OMIT}};
  utimensat(AT_FDCWD, path.c_str(), times, 0);
}

}  // namespace

std::string hashOf(std::span<const uint8_t> bytes) { return toHex(sha256(bytes)); }

std::string cacheKey(std::span<const std::string> parts) {
  std::string all;
  for (const std::string& part : parts) all += std::to_string(part.size()) + ":" + part;
  return hashOf({reinterpret_cast<const uint8_t*>(all.data()), all.size()});
}

std::optional<std::string> ArtifactCache::defaultFolder() {
  // An empty or relative XDG_CACHE_HOME counts as not set (XDG Base Directory Specification).
  const char* cache = std::getenv("XDG_CACHE_HOME");
  if (cache != nullptr && cache[0] == '/') return std::string(cache) + "/wasmc";
  const char* home = std::getenv("HOME");
  if (home != nullptr && home[0] == '/') return std::string(home) + "/.cache/wasmc";
  return std::nullopt;
}

std::expected<ArtifactCache, std::string> ArtifactCache::open(std::string folder, uint64_t max_bytes) {
  if (const int error = makeFolders(folder); error != 0) return problem(folder, error);
  return ArtifactCache(std::move(folder), max_bytes);
}

std::optional<std::string> ArtifactCache::find(std::string_view key) const {
  std::string file = path(key);
  if (access(file.c_str(), R_OK) != 0) return std::nullopt;
  markAsUsed(file);
  return file;
}

std::expected<ArtifactCache::NewFile, std::string> ArtifactCache::create(std::string_view key) const {
  NewFile file(*this, path(key));
  file.fd_ = mkostemp(file.temporary_.data(), O_CLOEXEC);
  if (file.fd_ >= 0) return file;
  const int error = errno;
  file.temporary_.clear();
  return problem(folder_, error);
}

ArtifactCache::NewFile::NewFile(const ArtifactCache& cache, std::string path)
    : folder_(cache.folder_),
      max_bytes_(cache.max_bytes_),
      path_(std::move(path)),
      temporary_(folder_ + "/" + std::string(kTemporaryPrefix) + "XXXXXX"),
      fd_(-1) {}

ArtifactCache::NewFile::NewFile(NewFile&& other) noexcept
    : folder_(std::move(other.folder_)),
      max_bytes_(other.max_bytes_),
      path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, "")),
      fd_(std::exchange(other.fd_, -1)) {}

ArtifactCache::NewFile::~NewFile() {
  if (fd_ >= 0) close(fd_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

std::expected<void, std::string> ArtifactCache::NewFile::write(std::span<const uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return problem(path_, errno);
    bytes = bytes.subspan(static_cast<size_t>(written));
  }
  return {};
}

std::expected<std::string, std::string> ArtifactCache::NewFile::commit() {
  // The bytes are on disk before the name is.
  if (fdatasync(fd_) != 0 || fchmod(fd_, 0500) != 0 || rename(temporary_.c_str(), path_.c_str()) != 0)
    return problem(path_, errno);
  temporary_.clear();
  makeRoom(folder_, max_bytes_, path_);
  return path_;
}

}  // namespace wasmc::compiler
