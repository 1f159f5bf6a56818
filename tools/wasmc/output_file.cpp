#include "output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

namespace wasmc::tool {
namespace {

std::unexpected<std::string> systemError(const std::string& what) {
  return std::unexpected(what + std::generic_category().message(errno));
}

mode_t creationMask() {
  const mode_t mask = umask(0);
  umask(mask);
  return mask;
}

// Where a link leads to, also where there is no file yet.
std::filesystem::path followLinks(std::filesystem::path path) {
  constexpr int kMostLinks = 40;  // as the kernel
  std::error_code failed;
  for (int i = 0; i < kMostLinks && std::filesystem::is_symlink(path, failed); ++i) {
    path = path.parent_path() / std::filesystem::read_symlink(path, failed);
  }
  return path;
}

}  // namespace

std::expected<OutputFile, std::string> OutputFile::create(const std::string& path, bool executable) {
  OutputFile file;
  if (path == "-") {
    file.in_place_ = true;
    file.fd_ = STDOUT_FILENO;
    return file;
  }
  struct stat info{};
  const bool exists = stat(path.c_str(), &info) == 0;
  if (exists && S_ISDIR(info.st_mode)) return std::unexpected(std::string("is a folder; name a file"));
  if (exists && !S_ISREG(info.st_mode)) {
    file.in_place_ = true;
    file.fd_ = open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (file.fd_ < 0) return systemError("cannot open for writing: ");
    return file;
  }
  // A symbolic link stays one: the file that it leads to is replaced.
  std::error_code failed;
  const std::filesystem::path resolved = std::filesystem::weakly_canonical(followLinks(path), failed);
  file.path_ = failed ? path : resolved.string();
  if (auto ok = file.openTemporary(executable); !ok) return std::unexpected(ok.error());
  return file;
}

std::expected<void, std::string> OutputFile::openTemporary(bool executable) {
  const size_t name = path_.rfind('/') + 1;
  constexpr size_t kMostOfName = 200;  // names end at 255 bytes
  std::string pattern = path_.substr(0, name) + "." + path_.substr(name, kMostOfName) + ".XXXXXX";
  fd_ = mkostemp(pattern.data(), O_CLOEXEC);
  if (fd_ < 0) return systemError("cannot write to its folder: ");
  temporary_ = std::move(pattern);
  if (fchmod(fd_, (executable ? 0777 : 0666) & ~creationMask()) != 0)
    return systemError("cannot set permissions: ");
  return {};
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      in_place_(other.in_place_),
      path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})) {}

OutputFile::~OutputFile() {
  if (fd_ > STDERR_FILENO) close(fd_);
  if (temporary_.empty()) return;
  unlink(temporary_.c_str());
  unlink(path_.c_str());
}

OutputFile::Status OutputFile::write(std::span<const uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd_, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return systemError("cannot write: ");
    bytes = bytes.subspan(static_cast<size_t>(n));
  }
  return {};
}

OutputFile::Status OutputFile::commit() {
  // Some file systems report a full disk only here.
  const int fd = std::exchange(fd_, -1);
  if (close(fd) != 0 && errno != EINTR) return systemError("cannot write: ");
  if (in_place_) return {};
  if (std::rename(temporary_.c_str(), path_.c_str()) != 0)
    return systemError("cannot rename the finished file: ");
  temporary_.clear();
  return {};
}

}  // namespace wasmc::tool
