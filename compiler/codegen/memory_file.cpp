#include "codegen/memory_file.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace wasmc::compiler {

std::string errorText(int error_number) { return std::generic_category().message(error_number); }

FileDescriptor::FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  std::swap(fd_, other.fd_);
  FileDescriptor old(std::exchange(other.fd_, -1));
  return *this;
}

FileDescriptor::~FileDescriptor() {
  if (fd_ >= 0) close(fd_);
}

std::string FileDescriptor::path() const { return "/proc/self/fd/" + std::to_string(fd_); }

Result<MemoryFile> MemoryFile::create(const char* name, std::span<const uint8_t> bytes) {
  MemoryFile file;
  file.fd_ = FileDescriptor(memfd_create(name, MFD_CLOEXEC));
  if (file.fd_.get() < 0) return error("cannot make a memory file for the linker: " + errorText(errno));
  while (!bytes.empty()) {
    const ssize_t n = write(file.fd_.get(), bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return error("cannot write a memory file for the linker: " + errorText(errno));
    bytes = bytes.subspan(static_cast<size_t>(n));
  }
  return file;
}

}  // namespace wasmc::compiler
