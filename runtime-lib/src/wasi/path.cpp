#include "wasi/path.h"

#include "wasi/path_walk.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>

#include <cerrno>
#include <cstring>

namespace wasmc::wasi {
namespace {

int openat2(int directory, const char* path, int flags, mode_t mode) {
  open_how how = {};
  how.flags = static_cast<uint64_t>(flags);
  how.mode = mode;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  return static_cast<int>(syscall(SYS_openat2, directory, path, &how, sizeof(how)));
}

// Asks for the current directory. Any error means that the call can not be relied on: ENOSYS from an older
// kernel, EPERM from a filter that does not know it.
bool haveOpenat2() {
  HostFd fd(openat2(AT_FDCWD, ".", O_PATH | O_CLOEXEC, 0));
  return static_cast<bool>(fd) || errno == ENOENT || errno == EACCES;
}

}  // namespace

Expected<Path> Path::from(GuestPath bytes) {
  return from(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

Expected<Path> Path::from(std::string_view bytes) {
  if (bytes.empty()) return fail(Errno::Noent);
  if (bytes.size() >= PATH_MAX) return fail(Errno::Nametoolong);
  Expected<Path> path = Path();
  path->size_ = bytes.size();
  std::memcpy(path->bytes_.data(), bytes.data(), bytes.size());
  path->bytes_[bytes.size()] = '\0';
  if (path->view().find('\0') != std::string_view::npos) return fail(Errno::Ilseq);
  if (path->bytes_[0] == '/') return fail(Errno::Perm);
  return path;
}

PathResolver::PathResolver(Method method)
    : openat2_(method == Method::Openat2 || (method == Method::Detect && haveOpenat2())) {}

Expected<HostFd> PathResolver::open(int directory, const Path& path, int flags, mode_t mode) const {
  return openBeneath(directory, path.c_str(), flags, mode);
}

Expected<HostFd> PathResolver::openBeneath(int directory, const char* path, int flags, mode_t mode) const {
  flags |= O_CLOEXEC | ((flags & O_PATH) != 0 ? 0 : O_NOCTTY);
  // openat2 refuses a mode, where openat ignores it.
  if ((flags & O_CREAT) == 0) mode = 0;
  if (openat2_) {
    // EAGAIN: a rename somewhere made the kernel unsure about a `..`. It asks us to try again; a guest that
    // renames without end must not keep us here for ever, and the walk below is always sure.
    for (int attempt = 0; attempt < 64; ++attempt) {
      HostFd fd(openat2(directory, path, flags, mode));
      if (fd) return fd;
      if (errno == EXDEV) return fail(Errno::Perm);
      if (errno != EAGAIN && errno != EINTR) return failWithLastError();
      // Opening a FIFO, a lease or a locked file without blocking may also say EAGAIN, and means it.
      if (errno == EAGAIN && (flags & O_NONBLOCK) != 0 && attempt > 8) return fail(Errno::Again);
    }
  }
  return walkAndOpen(directory, path, flags, mode);
}

Expected<Parent> PathResolver::parent(int directory, const Path& path) const {
  const std::string_view all = path.view();
  const size_t last_end = all.find_last_not_of('/') + 1;  // absolute paths are refused, so there is one
  const size_t slash = all.substr(0, last_end).find_last_of('/');
  if (slash == std::string_view::npos) return Parent(directory, all);

  std::array<char, PATH_MAX> prefix;
  std::memcpy(prefix.data(), all.data(), slash);
  prefix[slash] = '\0';
  Expected<HostFd> fd = openBeneath(directory, prefix.data(), O_PATH | O_DIRECTORY, 0);
  if (!fd) return fail(fd.error());
  return Parent(std::move(*fd), all.substr(slash + 1));
}

Expected<struct stat> PathResolver::stat(int directory, const Path& path, bool follow) const {
  struct stat result;
  // One component without a slash can be asked for directly; only a link that is to be followed needs the
  // walk.
  if (path.view().find('/') == std::string_view::npos && path.view() != "..") {
    if (fstatat(directory, path.c_str(), &result, AT_SYMLINK_NOFOLLOW) != 0) return failWithLastError();
    if (!follow || !S_ISLNK(result.st_mode)) return result;
  }
  Expected<HostFd> fd = open(directory, path, O_PATH | (follow ? 0 : O_NOFOLLOW));
  if (!fd) return fail(fd.error());
  if (fstat(fd->get(), &result) != 0) return failWithLastError();
  return result;
}

}  // namespace wasmc::wasi
