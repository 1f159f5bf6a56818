#include "cache.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace wasmc::tool {
namespace {

// mkdir -p. Private to the user, as what is in it will be run.
int makeFolders(const std::string& path) {
  for (size_t at = 1; at != std::string::npos;) {
    at = path.find('/', at + 1);
    if (mkdir(path.substr(0, at).c_str(), 0700) != 0 && errno != EEXIST) return errno;
  }
  return 0;
}

std::string problem(const std::string& path, int error) { return "'" + path + "': " + std::strerror(error); }

}  // namespace

std::optional<std::string> cacheFolder() {
  // An empty or relative XDG_CACHE_HOME counts as not set (XDG Base Directory Specification).
  const char* cache = std::getenv("XDG_CACHE_HOME");
  if (cache != nullptr && cache[0] == '/') return std::string(cache) + "/wasmc";
  const char* home = std::getenv("HOME");
  if (home != nullptr && home[0] == '/') return std::string(home) + "/.cache/wasmc";
  return std::nullopt;
}

std::expected<CacheFile, std::string> CacheFile::create(const std::string& folder) {
  if (const int error = makeFolders(folder); error != 0) return std::unexpected(problem(folder, error));
  CacheFile file;
  file.temporary_ = folder + "/.new-XXXXXX";
  file.fd_ = mkostemp(file.temporary_.data(), O_CLOEXEC);
  if (file.fd_ < 0) {
    const int error = errno;
    file.temporary_.clear();
    return std::unexpected(problem(folder, error));
  }
  return file;
}

CacheFile::CacheFile(CacheFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), temporary_(std::exchange(other.temporary_, "")) {}

CacheFile::~CacheFile() {
  if (fd_ >= 0) close(fd_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

std::expected<void, std::string> CacheFile::commit(const std::string& path) {
  if (fchmod(fd_, 0500) != 0 || rename(temporary_.c_str(), path.c_str()) != 0)
    return std::unexpected(problem(path, errno));
  temporary_.clear();
  return {};
}

}  // namespace wasmc::tool
