// What can be asked of an open descriptor, besides reading and writing.
#include "wasi/directory_reader.h"
#include "wasi/filestat.h"
#include "wasi/functions.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace wasmc::wasi {
namespace {

Errno toErrno(int result) { return result == 0 ? Errno::Success : lastError(); }

// The descriptor, if it has the right and is one of the host. Inval for a callback.
Expected<Descriptor*> getHost(Call& call, Fd fd, Rights needed) {
  Expected<Descriptor*> descriptor = call.fds().get(fd, needed);
  if (descriptor && !(*descriptor)->host) return fail(Errno::Inval);
  return descriptor;
}

Errno mayWrite(const Descriptor& descriptor) {
  const bool allowed = descriptor.isDirectory() ? descriptor.permissions.change_directories
                                                : descriptor.permissions.write_files;
  return allowed ? Errno::Success : Errno::Rofs;
}

}  // namespace

Errno fd_advise(Call& call, Fd fd, FileSize offset, FileSize length, Advice advice) {
  static constexpr int kHost[] = {POSIX_FADV_NORMAL,   POSIX_FADV_SEQUENTIAL, POSIX_FADV_RANDOM,
                                  POSIX_FADV_WILLNEED, POSIX_FADV_DONTNEED,   POSIX_FADV_NOREUSE};
  const Expected<Descriptor*> descriptor = getHost(call, fd, rights::FdAdvise);
  if (!descriptor) return descriptor.error();
  if (offset > INT64_MAX || length > INT64_MAX) return Errno::Inval;
  return fromHost(posix_fadvise((*descriptor)->host.get(), static_cast<off_t>(offset),
                                static_cast<off_t>(length), kHost[static_cast<size_t>(advice)]));
}

// fallocate(2), not posix_fallocate(3): where the file system can not do it, the C library would write to
// every block.
Errno fd_allocate(Call& call, Fd fd, FileSize offset, FileSize length) {
  const Expected<Descriptor*> descriptor = getHost(call, fd, rights::FdAllocate);
  if (!descriptor) return descriptor.error();
  if (offset > INT64_MAX || length > INT64_MAX) return Errno::Fbig;
  uint64_t& left = call.context.bytes_left_to_write;
  if (length > left) return Errno::Nospc;
  if (fallocate((*descriptor)->host.get(), 0, static_cast<off_t>(offset), static_cast<off_t>(length)) != 0) {
    return lastError();
  }
  if (left != UINT64_MAX) left -= length;
  return Errno::Success;
}

Errno fd_close(Call& call, Fd fd) { return call.fds().close(fd); }

Errno fd_renumber(Call& call, Fd from, Fd to) { return call.fds().renumber(from, to); }

Errno fd_sync(Call& call, Fd fd) {
  const Expected<Descriptor*> descriptor = getHost(call, fd, rights::FdSync);
  return descriptor ? toErrno(fsync((*descriptor)->host.get())) : descriptor.error();
}

Errno fd_datasync(Call& call, Fd fd) {
  const Expected<Descriptor*> descriptor = getHost(call, fd, rights::FdDatasync);
  return descriptor ? toErrno(fdatasync((*descriptor)->host.get())) : descriptor.error();
}

Errno fd_fdstat_get(Call& call, Fd fd, GuestPtr<Fdstat> result) {
  const Expected<Descriptor*> found = call.fds().get(fd);
  if (!found) return found.error();
  const Descriptor& descriptor = **found;
  Fdstat stat;
  stat.filetype = descriptor.type;
  stat.rights_base = descriptor.base;
  stat.rights_inheriting = descriptor.inheriting;
  // The flags of a borrowed descriptor are also the host's to change.
  const int flags =
      descriptor.host.isBorrowed() ? fcntl(descriptor.host.get(), F_GETFL) : descriptor.status_flags;
  if (flags < 0) return lastError();
  stat.flags = fromHostFlags(flags);
  result.store(stat);
  return Errno::Success;
}

Errno fd_fdstat_set_flags(Call& call, Fd fd, FdFlags flags) {
  const Expected<Descriptor*> descriptor = getHost(call, fd, rights::FdFdstatSetFlags);
  if (!descriptor) return descriptor.error();
  const int host = (*descriptor)->host.get();
  const int old = fcntl(host, F_GETFL);
  if (old < 0) return lastError();
  // Linux can not make an open file synchronous: it would ignore the flag without a word.
  const int wanted = toHostFlags(flags);
  if ((wanted & ~old & O_SYNC) != 0) return Errno::Notsup;
  constexpr int kCanChange = O_APPEND | O_NONBLOCK;
  const int changed = (old & ~kCanChange) | (wanted & kCanChange);
  if (fcntl(host, F_SETFL, changed) != 0) return lastError();
  (*descriptor)->status_flags = changed;
  return Errno::Success;
}

Errno fd_fdstat_set_rights(Call& call, Fd fd, Rights base, Rights inheriting) {
  const Expected<Descriptor*> descriptor = call.fds().get(fd);
  if (!descriptor) return descriptor.error();
  if ((base & ~(*descriptor)->base) != 0 || (inheriting & ~(*descriptor)->inheriting) != 0)
    return Errno::Notcapable;
  (*descriptor)->base = base;
  (*descriptor)->inheriting = inheriting;
  return Errno::Success;
}

namespace {

template <typename Result>
Errno storeFilestat(Call& call, Fd fd, GuestPtr<Result> result) {
  Descriptor* descriptor = call.fds().find(fd);
  if (descriptor == nullptr) return Errno::Badf;
  struct stat status = {};
  if (descriptor->host && fstat(descriptor->host.get(), &status) != 0) return lastError();
  descriptor->settle(status);
  if (Errno error = descriptor->check(rights::FdFilestatGet); error != Errno::Success) return error;
  Result out = toFilestat<Result>(status);
  out.filetype = descriptor->type;
  result.store(out);
  return Errno::Success;
}

}  // namespace

Errno fd_filestat_get(Call& call, Fd fd, GuestPtr<Filestat> result) {
  return storeFilestat(call, fd, result);
}

Errno snapshot0::fd_filestat_get(Call& call, Fd fd, GuestPtr<Filestat> result) {
  return storeFilestat(call, fd, result);
}

Errno fd_filestat_set_size(Call& call, Fd fd, FileSize size) {
  const Expected<Descriptor*> descriptor = getHost(call, fd, rights::FdFilestatSetSize);
  if (!descriptor) return descriptor.error();
  if (Errno error = mayWrite(**descriptor); error != Errno::Success) return error;
  if (size > INT64_MAX) return Errno::Fbig;
  return toErrno(ftruncate((*descriptor)->host.get(), static_cast<off_t>(size)));
}

Errno fd_filestat_set_times(Call& call, Fd fd, Timestamp atim, Timestamp mtim, FstFlags flags) {
  const Expected<Descriptor*> descriptor = getHost(call, fd, rights::FdFilestatSetTimes);
  if (!descriptor) return descriptor.error();
  if (Errno error = mayWrite(**descriptor); error != Errno::Success) return error;
  const Expected<HostTimes> times = toHostTimes(atim, mtim, flags);
  return times ? toErrno(futimens((*descriptor)->host.get(), times->data())) : times.error();
}

Errno fd_prestat_get(Call& call, Fd fd, GuestPtr<Prestat> result) {
  const Descriptor* descriptor = call.fds().find(fd);
  if (descriptor == nullptr || !descriptor->preopen) return Errno::Badf;
  Prestat stat;
  stat.name_length = static_cast<Size>(descriptor->preopen->size());
  result.store(stat);
  return Errno::Success;
}

Errno fd_prestat_dir_name(Call& call, Fd fd, GuestBytes name) {
  const Descriptor* descriptor = call.fds().find(fd);
  if (descriptor == nullptr || !descriptor->preopen) return Errno::Badf;
  if (name.size() < descriptor->preopen->size()) return Errno::Nametoolong;
  std::memcpy(name.data(), descriptor->preopen->data(), descriptor->preopen->size());
  return Errno::Success;
}

Errno fd_readdir(Call& call, Fd fd, GuestBytes buffer, DirCookie cookie, GuestPtr<Size> used) {
  const Expected<Descriptor*> descriptor = call.fds().getDirectory(fd, rights::FdReaddir);
  if (!descriptor) return descriptor.error();
  if (!(*descriptor)->permissions.list_directories) return Errno::Acces;
  auto& reader = (*descriptor)->reader;
  if (!reader) reader = std::make_unique<DirectoryReader>();
  const Expected<Size> size = reader->read((*descriptor)->host.get(), cookie, buffer);
  if (!size) return size.error();
  used.store(*size);
  return Errno::Success;
}

}  // namespace wasmc::wasi
