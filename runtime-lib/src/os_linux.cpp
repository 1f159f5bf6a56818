#include <pthread.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>

#include "os.h"

namespace wasmc::os {

Fd::~Fd() {
  if (fd_ >= 0) close(fd_);
}

FileView::~FileView() {
  if (!bytes_.empty()) munmap(const_cast<uint8_t*>(bytes_.data()), bytes_.size());
}

bool FileView::map(int fd, size_t size, FileView& view) {
  if (size == 0) return true;
  void* at = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (at == MAP_FAILED) return false;
  view.bytes_ = {static_cast<const uint8_t*>(at), size};
  return true;
}

std::optional<size_t> fileSize(int fd) {
  struct stat info;
  if (fstat(fd, &info) != 0) return std::nullopt;
  return static_cast<size_t>(info.st_size);
}

std::string errorText(int error) {
  char buffer[128];
  return strerror_r(error, buffer, sizeof buffer);  // the GNU function, which returns the text
}

uint8_t* reserve(size_t size) {
  void* at = mmap(nullptr, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  return at == MAP_FAILED ? nullptr : static_cast<uint8_t*>(at);
}

void release(void* at, size_t size) { munmap(at, size); }

bool commit(uint8_t* at, size_t size) { return size == 0 || mprotect(at, size, PROT_READ | PROT_WRITE) == 0; }

bool discard(uint8_t* at, size_t size) { return size == 0 || madvise(at, size, MADV_DONTNEED) == 0; }

bool decommit(uint8_t* at, size_t size) { return mprotect(at, size, PROT_NONE) == 0; }

bool mapPrivate(uint8_t* at, size_t size, int fd, uint64_t offset) {
  return mmap(at, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED, fd, static_cast<off_t>(offset)) !=
         MAP_FAILED;
}

StackBounds currentStack() {
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return {};
  void* low = nullptr;
  size_t size = 0;
  const bool known = pthread_attr_getstack(&attributes, &low, &size) == 0;
  pthread_attr_destroy(&attributes);
  if (!known) return {};
  const auto at = reinterpret_cast<uintptr_t>(low);
  return {at, at + size};
}

}  // namespace wasmc::os
