#include "wasi/fd_table.h"

#include "wasi/directory_reader.h"

#include <fcntl.h>
#include <sys/socket.h>

namespace wasmc::wasi {

Descriptor::Descriptor() = default;
Descriptor::Descriptor(HostFd file, int flags, Rights allowed, Rights handed_on)
    : host(std::move(file)), settled(false), base(allowed), inheriting(handed_on), status_flags(flags) {}
Descriptor::Descriptor(Descriptor&&) noexcept = default;
Descriptor& Descriptor::operator=(Descriptor&&) noexcept = default;
Descriptor::~Descriptor() = default;

Errno Descriptor::check(Rights needed) const {
  const Rights missing = needed & ~base;
  if (missing == 0) return Errno::Success;
  if ((missing & rights::FdWrite) != 0) return Errno::Badf;
  if ((missing & rights::FdRead) != 0) return isDirectory() ? Errno::Isdir : Errno::Badf;
  // Of a file that is not open for writing.
  const bool reads_only = type == FileType::RegularFile && (base & rights::FdWrite) == 0;
  if (reads_only && (missing & rights::FdAllocate) != 0) return Errno::Badf;
  if (reads_only && (missing & rights::FdFilestatSetSize) != 0) return Errno::Inval;
  const bool seeks = (missing & (rights::FdSeek | rights::FdTell)) != 0;
  if (seeks && !isDirectory() && type != FileType::RegularFile) return Errno::Spipe;
  return Errno::Notcapable;
}

FileType fileTypeOf(const struct stat& status) {
  switch (status.st_mode & S_IFMT) {
    case S_IFREG: return FileType::RegularFile;
    case S_IFDIR: return FileType::Directory;
    case S_IFLNK: return FileType::SymbolicLink;
    case S_IFCHR: return FileType::CharacterDevice;
    case S_IFBLK: return FileType::BlockDevice;
    case S_IFSOCK: return FileType::SocketStream;
    default: return FileType::Unknown;  // WASI has no number for pipes
  }
}

FileType fileTypeOf(const struct stat& status, int fd) {
  int kind = 0;
  socklen_t length = sizeof(kind);
  if (S_ISSOCK(status.st_mode) && getsockopt(fd, SOL_SOCKET, SO_TYPE, &kind, &length) == 0 &&
      kind == SOCK_DGRAM) {
    return FileType::SocketDgram;
  }
  return fileTypeOf(status);
}

namespace {

Rights allRightsOf(FileType type, int fd) {
  switch (type) {
    case FileType::Directory: return rights::kDirectory;
    case FileType::RegularFile:
    case FileType::BlockDevice: return rights::kFile;
    case FileType::SocketDgram:
    case FileType::SocketStream: return rights::kSocket;
    case FileType::CharacterDevice:
      // wasi-libc's isatty: a character device that can not seek.
      return isatty(fd) ? rights::kStream & ~(rights::FdSeek | rights::FdTell) : rights::kStream;
    default: return rights::kStream;
  }
}

}  // namespace

Errno Descriptor::settle() {
  if (settled) return Errno::Success;
  struct stat status;
  if (fstat(host.get(), &status) != 0) return lastError();
  settle(status);
  return Errno::Success;
}

void Descriptor::settle(const struct stat& status) {
  if (settled) return;
  settled = true;
  type = fileTypeOf(status, host.get());
  base &= allRightsOf(type, host.get());
  const int access = status_flags & O_ACCMODE;
  if (!isDirectory() && access == O_RDONLY) base &= ~rights::kNeedsWriteAccess;
  if (!isDirectory() && access == O_WRONLY) base &= ~rights::FdRead;
  if (!isDirectory()) inheriting = 0;
}

Expected<Descriptor> describe(HostFd host, Rights allowed, Rights inheriting) {
  const int flags = fcntl(host.get(), F_GETFL);
  if (flags < 0) return failWithLastError();
  Expected<Descriptor> result(std::in_place, std::move(host), flags, allowed, inheriting);
  if (Errno error = result->settle(); error != Errno::Success) return fail(error);
  return result;
}

Expected<Descriptor*> FdTable::getDirectory(Fd fd, Rights needed) const {
  Expected<Descriptor*> descriptor = get(fd);
  if (!descriptor) return descriptor;
  if (!(*descriptor)->isDirectory()) return fail(Errno::Notdir);
  if (((*descriptor)->base & needed) != needed) return fail(Errno::Notcapable);
  return descriptor;
}

Expected<Fd> FdTable::insert(Descriptor&& descriptor) {
  if (isFull()) return fail(Errno::Mfile);
  uint32_t index = lowest_free_;
  while (index < slots_.size() && slots_[index] != nullptr) ++index;
  auto owned = std::make_unique<Descriptor>(std::move(descriptor));
  if (index == slots_.size()) {
    slots_.push_back(std::move(owned));
  } else {
    slots_[index] = std::move(owned);
  }
  lowest_free_ = index + 1;
  ++open_;
  return static_cast<Fd>(index);
}

Errno FdTable::close(Fd fd) {
  Descriptor* descriptor = find(fd);
  if (descriptor == nullptr) return Errno::Badf;
  // As on Linux, the number is free even if the close reports an error.
  const Errno error = descriptor->host.close() == 0 ? Errno::Success : lastError();
  const auto index = static_cast<uint32_t>(fd);
  slots_[index].reset();
  lowest_free_ = std::min(lowest_free_, index);
  --open_;
  return error;
}

Errno FdTable::renumber(Fd from, Fd to) {
  if (find(from) == nullptr || find(to) == nullptr) return Errno::Badf;
  if (from == to) return Errno::Success;
  const auto source = static_cast<uint32_t>(from);
  slots_[static_cast<uint32_t>(to)] = std::move(slots_[source]);
  lowest_free_ = std::min(lowest_free_, source);
  --open_;
  return Errno::Success;
}

}  // namespace wasmc::wasi
