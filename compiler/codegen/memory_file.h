// Files that exist only in memory, for libraries that insist on paths.
#ifndef WASMC_COMPILER_CODEGEN_MEMORY_FILE_H
#define WASMC_COMPILER_CODEGEN_MEMORY_FILE_H

#include <cstdint>
#include <span>
#include <string>

#include "support/diagnostic.h"

namespace wasmc::compiler {

std::string errorText(int error_number);  // "No space left on device"

class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int fd) : fd_(fd) {}
  FileDescriptor(FileDescriptor&& other) noexcept;
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;
  ~FileDescriptor();

  int get() const { return fd_; }
  std::string path() const;  // of the open file: "/proc/self/fd/5"

 private:
  int fd_ = -1;
};

class MemoryFile {
 public:
  static Result<MemoryFile> create(const char* name, std::span<const uint8_t> bytes);
  std::string path() const { return fd_.path(); }

 private:
  FileDescriptor fd_;
};

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_CODEGEN_MEMORY_FILE_H
