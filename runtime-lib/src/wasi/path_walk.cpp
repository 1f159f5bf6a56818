#include "wasi/path_walk.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <climits>
#include <optional>
#include <string>
#include <vector>

namespace wasmc::wasi {
namespace {

constexpr int kMaxLinks = 40;  // as the kernel has it

// Where the walk is, and what is left of the path.
class Walk {
 public:
  Walk(int root, std::string path, int flags, mode_t mode)
      : root_(root), rest_(std::move(path)), flags_(flags), mode_(mode) {}

  Expected<HostFd> run() {
    for (;;) {
      const std::string name = takeComponent();
      const bool last = rest_.find_first_not_of('/') == std::string::npos;
      const bool trailing_slash = last && !rest_.empty();
      if (name == "..") {
        if (entered_.empty()) return fail(Errno::Perm);
        entered_.pop_back();
      } else if (last && name != ".") {
        std::optional<Expected<HostFd>> opened = openLast(name, trailing_slash);
        if (opened) return std::move(*opened);
        continue;  // it was a link: go on with its target
      } else if (name != ".") {
        if (Errno error = enter(name); error != Errno::Success) return fail(error);
        continue;
      }
      if (last) return openHere();
    }
  }

 private:
  int current() const { return entered_.empty() ? root_ : entered_.back().get(); }

  std::string takeComponent() {
    const size_t start = rest_.find_first_not_of('/');
    const size_t end = rest_.find('/', start);
    std::string name = rest_.substr(start, end == std::string::npos ? end : end - start);
    rest_ = end == std::string::npos ? "" : rest_.substr(end);
    return name;
  }

  // Goes down into the directory `name`, or puts the target of the link `name` before the rest.
  Errno enter(const std::string& name) {
    HostFd next(openat(current(), name.c_str(), O_PATH | O_NOFOLLOW | O_DIRECTORY | O_CLOEXEC));
    if (next) {
      entered_.push_back(std::move(next));
      return Errno::Success;
    }
    const Errno error = lastError();
    if (error != Errno::Notdir && error != Errno::Loop) return error;
    return expandLink(name).value_or(error);
  }

  // Reads the link `name`. No value if it is none.
  std::optional<Errno> expandLink(const std::string& name) {
    char target[PATH_MAX];
    const ssize_t length = readlinkat(current(), name.c_str(), target, sizeof(target));
    if (length < 0) return errno == EINVAL ? std::nullopt : std::optional(lastError());
    if (++links_ > kMaxLinks) return Errno::Loop;
    if (length == 0) return Errno::Noent;
    if (length == sizeof(target)) return Errno::Nametoolong;
    if (target[0] == '/') return Errno::Perm;
    rest_.insert(0, std::string(target, static_cast<size_t>(length)));
    return Errno::Success;
  }

  // The last component was `.` or `..`: the directory where we stand.
  Expected<HostFd> openHere() {
    if ((flags_ & O_CREAT) != 0) return fail((flags_ & O_EXCL) != 0 ? Errno::Exist : Errno::Isdir);
    HostFd fd(openat(current(), ".", flags_ & ~O_NOFOLLOW, mode_));
    if (!fd) return failWithLastError();
    return fd;
  }

  // No value: it was a link, whose target is the rest of the walk now.
  std::optional<Expected<HostFd>> openLast(const std::string& name, bool trailing_slash) {
    if (trailing_slash && (flags_ & O_CREAT) != 0) return fail(Errno::Isdir);
    const int flags = flags_ | O_NOFOLLOW | (trailing_slash ? O_DIRECTORY : 0);
    HostFd fd(openat(current(), name.c_str(), flags, mode_));
    const Errno error = fd ? Errno::Success : lastError();
    const bool follow = (flags_ & O_NOFOLLOW) == 0 || trailing_slash;
    const bool exclusive = (flags_ & O_CREAT) != 0 && (flags_ & O_EXCL) != 0;
    if (follow && !exclusive && mayBeLink(fd, error)) {
      if (std::optional<Errno> expanded = expandLink(name)) {
        if (*expanded != Errno::Success) return fail(*expanded);
        return std::nullopt;
      }
    }
    if (!fd) return fail(error);
    return fd;
  }

  // O_PATH opens the link itself; everything else fails with ELOOP, or ENOTDIR where a directory is asked
  // for.
  static bool mayBeLink(const HostFd& fd, Errno error) {
    if (!fd) return error == Errno::Loop || error == Errno::Notdir;
    struct stat status;
    return fstat(fd.get(), &status) == 0 && S_ISLNK(status.st_mode);
  }

  int root_;
  std::vector<HostFd> entered_;  // directories below the root that we came through
  std::string rest_;
  int flags_;
  mode_t mode_;
  int links_ = 0;
};

}  // namespace

Expected<HostFd> walkAndOpen(int directory, const char* path, int flags, mode_t mode) {
  return Walk(directory, path, flags, mode).run();
}

}  // namespace wasmc::wasi
