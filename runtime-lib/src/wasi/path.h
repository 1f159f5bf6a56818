// Paths of the guest: how they are walked without ever leaving the directory they start from.
//
// The guest names a directory by descriptor and a path relative to it. Resolving `a/../../x` or a symbolic
// link on the way by looking at the text can not be right: what a name means is known only to the file
// system, and it may change between the look and the use. So nothing here compares strings. There are two
// ways to walk:
//
//   * openat2(2) with RESOLVE_BENEATH: the kernel does the walk and refuses each step that leaves the
//   directory,
//     atomically. One system call for a whole path.
//   * where the kernel does not have it (before Linux 5.6, or filtered away): one openat(2) with O_NOFOLLOW a
//   component.
//     `..` goes back to a descriptor that the walk itself came through; symbolic links are read and walked by
//     us.
//
// Both refuse absolute paths and links with absolute targets. Functions that create, remove or rename work on
// (parent descriptor, last component), where the calls of the *at family do not follow a final link.
//
// The guest's errors: Perm where a path would leave the directory; the host's own errors for the rest.
#ifndef WASMC_WASI_PATH_H
#define WASMC_WASI_PATH_H

#include "wasi/errno.h"
#include "wasi/guest_memory.h"
#include "wasi/host_fd.h"

#include <sys/stat.h>

#include <array>
#include <climits>
#include <cstring>
#include <string_view>

namespace wasmc::wasi {

// A copy of the guest's path, so that it can not change any more, with a NUL at its end.
class Path {
 public:
  // Noent if empty, Nametoolong, Ilseq if there is a NUL inside, Perm if absolute.
  static Expected<Path> from(GuestPath bytes);
  static Expected<Path> from(std::string_view bytes);
  Path(const Path& other) : size_(other.size_) { std::memcpy(bytes_.data(), other.bytes_.data(), size_ + 1); }
  Path& operator=(const Path&) = delete;

  const char* c_str() const { return bytes_.data(); }
  std::string_view view() const { return {bytes_.data(), size_}; }
  bool hasTrailingSlash() const { return bytes_[size_ - 1] == '/'; }

 private:
  Path() { bytes_[0] = 0; }
  std::array<char, PATH_MAX> bytes_;  // not cleared: `size_` of them count, and a NUL
  size_t size_ = 0;
};

// The directory that holds the last component of a path.
class Parent {
 public:
  Parent(int fd, std::string_view name) : fd_(fd), name_(name) {}
  Parent(HostFd fd, std::string_view name) : owned_(std::move(fd)), fd_(owned_.get()), name_(name) {}

  int fd() const { return fd_; }
  // The last component, with trailing slashes if there are any. For calls that never follow a final link,
  // even with trailing slashes: mkdirat, unlinkat, renameat, symlinkat, and linkat for the new name.
  const char* name() const { return name_.data(); }
  bool hasTrailingSlash() const { return name_.back() == '/'; }

 private:
  HostFd owned_;
  int fd_;
  std::string_view name_;  // the tail of a Path, which outlives this
};

class PathResolver {
 public:
  enum class Method { Detect, Openat2, Walk };
  explicit PathResolver(Method method = Method::Detect);

  // Opens `path` below `directory`. `flags` and `mode` are those of openat(2); O_CLOEXEC and O_NOCTTY are
  // added.
  Expected<HostFd> open(int directory, const Path& path, int flags, mode_t mode = 0) const;

  // The parent refers to `path`.
  Expected<Parent> parent(int directory, const Path& path) const;

  Expected<struct stat> stat(int directory, const Path& path, bool follow) const;

  bool usesOpenat2() const { return openat2_; }

 private:
  Expected<HostFd> openBeneath(int directory, const char* path, int flags, mode_t mode) const;

  bool openat2_;
};

}  // namespace wasmc::wasi

#endif  // WASMC_WASI_PATH_H
