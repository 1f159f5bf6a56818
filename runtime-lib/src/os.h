// What the runtime library asks of the operating system, apart from signals and dynamic loading.
#ifndef WASMC_OS_H
#define WASMC_OS_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace wasmc::os {

// Owns a file descriptor.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Fd();
  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

// A file's bytes, mapped read-only for as long as this lives.
class FileView {
 public:
  FileView() = default;
  FileView(FileView&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  FileView& operator=(FileView&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~FileView();
  // Sets errno on failure.
  static bool map(int fd, size_t size, FileView& view);
  std::span<const uint8_t> bytes() const { return bytes_; }

 private:
  std::span<const uint8_t> bytes_;
};

// None on failure; errno says why.
std::optional<size_t> fileSize(int fd);

std::string errorText(int error);

// Address space without memory. Null on failure; errno says why.
uint8_t* reserve(size_t size);
void release(void* at, size_t size);
// Makes part of a reservation readable and writable, zeroed. False on failure; errno says why.
bool commit(uint8_t* at, size_t size);
// Forgets what was written to pages: they have the contents of the file that is mapped there again, or
// zeroes. The same.
bool discard(uint8_t* at, size_t size);
// Makes pages inaccessible again. The same.
bool decommit(uint8_t* at, size_t size);
// Maps part of a file over part of a reservation, privately and writable. The same.
bool mapPrivate(uint8_t* at, size_t size, int fd, uint64_t offset);

// The stack of the calling thread, guard excluded. Both 0 if unknown.
struct StackBounds {
  uintptr_t low = 0;
  uintptr_t high = 0;
};
StackBounds currentStack();

}  // namespace wasmc::os

#endif  // WASMC_OS_H
