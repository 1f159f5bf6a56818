// path_open.
#include "wasi/filestat.h"
#include "wasi/functions.h"

#include <fcntl.h>

namespace wasmc::wasi {
namespace {

constexpr Rights kReads = rights::FdRead | rights::FdReaddir;

// The access mode follows from the rights that the guest asks for. With neither reading nor writing among
// them it is reading, which a directory needs, too.
int accessMode(Rights base) {
  const bool reads = (base & kReads) != 0;
  const bool writes = (base & rights::kNeedsWriteAccess) != 0;
  return writes ? (reads ? O_RDWR : O_WRONLY) : O_RDONLY;
}

int openFlags(LookupFlags lookup, OFlags oflags, Rights base, FdFlags flags) {
  int result = accessMode(base) | toHostFlags(flags);
  if (!has(lookup, LookupFlags::SymlinkFollow)) result |= O_NOFOLLOW;
  if (has(oflags, OFlags::Creat)) result |= O_CREAT | (has(oflags, OFlags::Excl) ? O_EXCL : 0);
  if (has(oflags, OFlags::Directory)) result |= O_DIRECTORY;
  if (has(oflags, OFlags::Trunc)) result |= O_TRUNC;
  return result;
}

Rights neededRights(OFlags oflags) {
  return rights::PathOpen | (has(oflags, OFlags::Creat) ? rights::PathCreateFile : 0) |
         (has(oflags, OFlags::Trunc) ? rights::PathFilestatSetSize : 0);
}

// Opens as on a read-only file system: what exists can be opened, nothing is created.
Expected<HostFd> openExisting(Call& call, const Descriptor& directory, const Path& path, int flags) {
  Expected<HostFd> fd = call.context.paths.open(directory.host.get(), path, flags & ~(O_CREAT | O_EXCL));
  if (fd && (flags & O_EXCL) != 0) return fail(Errno::Exist);
  if (!fd && fd.error() == Errno::Noent) return fail(Errno::Rofs);
  return fd;
}

Expected<HostFd> openHost(Call& call, const Descriptor& directory, const Path& path, int flags) {
  const WasiPermissions& permissions = directory.permissions;
  const bool writes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_TRUNC) != 0;
  if (writes && !permissions.write_files) return fail(Errno::Rofs);
  if ((flags & O_CREAT) != 0 && !permissions.change_directories)
    return openExisting(call, directory, path, flags);
  return call.context.paths.open(directory.host.get(), path, flags, 0666);
}

// Below a directory without read_files: directories can be opened for reading, files can not.
Errno denyReading(Descriptor& descriptor, Rights base) {
  if (Errno error = descriptor.settle(); error != Errno::Success) return error;
  if (descriptor.isDirectory()) return Errno::Success;
  if ((base & kReads) != 0) return Errno::Acces;
  descriptor.base &= ~rights::FdRead;
  return Errno::Success;
}

}  // namespace

Errno path_open(Call& call, Fd fd, LookupFlags lookup, GuestPath guest_path, OFlags oflags, Rights base,
                Rights, FdFlags flags, GuestPtr<Fd> opened) {
  const Expected<Descriptor*> found = call.fds().getDirectory(fd, neededRights(oflags));
  if (!found) return found.error();
  const Descriptor& directory = **found;
  const Expected<Path> path = Path::from(guest_path);
  if (!path) return path.error();
  if (has(oflags, OFlags::Creat) && has(oflags, OFlags::Directory)) return Errno::Inval;
  if ((base & ~directory.inheriting & (rights::FdRead | rights::FdWrite)) != 0) return Errno::Notcapable;
  if (call.fds().isFull()) return Errno::Mfile;

  const int host_flags = openFlags(lookup, oflags, base, flags);
  Expected<HostFd> host = openHost(call, directory, *path, host_flags);
  if (!host) return host.error();
  Descriptor descriptor(std::move(*host), host_flags, directory.inheriting, directory.inheriting);
  descriptor.permissions = directory.permissions;
  if (!directory.permissions.read_files) {
    if (Errno error = denyReading(descriptor, base); error != Errno::Success) return error;
  }
  const Expected<Fd> number = call.fds().insert(std::move(descriptor));
  if (!number) return number.error();
  opened.store(*number);
  return Errno::Success;
}

}  // namespace wasmc::wasi
