// A file descriptor of the host.
#ifndef WASMC_WASI_HOST_FD_H
#define WASMC_WASI_HOST_FD_H

#include <unistd.h>

#include <utility>

namespace wasmc::wasi {

// Closes what it owns. The standard streams are borrowed: the host goes on using them.
class HostFd {
 public:
  HostFd() = default;
  explicit HostFd(int fd) : fd_(fd), owned_(true) {}
  static HostFd borrow(int fd) {
    HostFd result(fd);
    result.owned_ = false;
    return result;
  }
  HostFd(HostFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)), owned_(other.owned_) {}
  HostFd& operator=(HostFd&& other) noexcept {
    std::swap(fd_, other.fd_);
    std::swap(owned_, other.owned_);
    return *this;
  }
  ~HostFd() { close(); }

  explicit operator bool() const { return fd_ >= 0; }
  int get() const { return fd_; }
  bool isBorrowed() const { return fd_ >= 0 && !owned_; }

  // Like close(2), with its error.
  int close() {
    const int fd = std::exchange(fd_, -1);
    return fd >= 0 && owned_ ? ::close(fd) : 0;
  }

 private:
  int fd_ = -1;
  bool owned_ = false;
};

}  // namespace wasmc::wasi

#endif  // WASMC_WASI_HOST_FD_H
