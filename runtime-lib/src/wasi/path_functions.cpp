// The functions on paths, except path_open.
#include "wasi/filestat.h"
#include "wasi/functions.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstring>

namespace wasmc::wasi {
namespace {

Errno toErrno(int result) { return result == 0 ? Errno::Success : lastError(); }

// A directory of the guest and a path below it, for a function that needs these rights.
struct Place {
  Descriptor* directory;
  Path path;

  int fd() const { return directory->host.get(); }
};

Expected<Place> find(Call& call, Fd fd, GuestPath guest_path, Rights needed) {
  const Expected<Descriptor*> directory = call.fds().getDirectory(fd, needed);
  if (!directory) return fail(directory.error());
  const Expected<Path> path = Path::from(guest_path);
  if (!path) return fail(path.error());
  return Place{*directory, *path};
}

// As above, for a function that changes the directory. Rofs where the host does not permit that.
Expected<Place> findToChange(Call& call, Fd fd, GuestPath guest_path, Rights needed) {
  Expected<Place> place = find(call, fd, guest_path, needed);
  if (place && !place->directory->permissions.change_directories) return fail(Errno::Rofs);
  return place;
}

// Calls `change(parent descriptor, last component)` for one path.
template <typename Change>
Errno changeIn(Call& call, Fd fd, GuestPath guest_path, Rights needed, Change change) {
  const Expected<Place> place = findToChange(call, fd, guest_path, needed);
  if (!place) return place.error();
  const Expected<Parent> parent = call.context.paths.parent(place->fd(), place->path);
  return parent ? toErrno(change(parent->fd(), parent->name())) : parent.error();
}

// A file may not get a name below a directory that permits more than the one it is in: the guest could write
// through it. The same error as for a file on another file system.
Errno mayMove(const Descriptor& from, const Descriptor& to) {
  const bool gains = (to.permissions.write_files && !from.permissions.write_files) ||
                     (to.permissions.read_files && !from.permissions.read_files) ||
                     (to.permissions.list_directories && !from.permissions.list_directories);
  return gains ? Errno::Xdev : Errno::Success;
}

template <typename Result>
Errno storeFilestat(Call& call, Fd fd, LookupFlags flags, GuestPath guest_path, GuestPtr<Result> result) {
  const Expected<Place> place = find(call, fd, guest_path, rights::PathFilestatGet);
  if (!place) return place.error();
  const bool follow = has(flags, LookupFlags::SymlinkFollow);
  const Expected<struct stat> status = call.context.paths.stat(place->fd(), place->path, follow);
  if (!status) return status.error();
  result.store(toFilestat<Result>(*status));
  return Errno::Success;
}

}  // namespace

Errno path_create_directory(Call& call, Fd fd, GuestPath path) {
  return changeIn(call, fd, path, rights::PathCreateDirectory,
                  [](int parent, const char* name) { return mkdirat(parent, name, 0777); });
}

Errno path_remove_directory(Call& call, Fd fd, GuestPath path) {
  return changeIn(call, fd, path, rights::PathRemoveDirectory,
                  [](int parent, const char* name) { return unlinkat(parent, name, AT_REMOVEDIR); });
}

Errno path_unlink_file(Call& call, Fd fd, GuestPath path) {
  return changeIn(call, fd, path, rights::PathUnlinkFile,
                  [](int parent, const char* name) { return unlinkat(parent, name, 0); });
}

Errno path_symlink(Call& call, GuestPath guest_target, Fd fd, GuestPath path) {
  const Expected<Path> target = Path::from(guest_target);
  if (!target) return target.error();
  return changeIn(call, fd, path, rights::PathSymlink,
                  [&](int parent, const char* name) { return symlinkat(target->c_str(), parent, name); });
}

Errno path_rename(Call& call, Fd old_fd, GuestPath old_path, Fd new_fd, GuestPath new_path) {
  const Expected<Place> from = findToChange(call, old_fd, old_path, rights::PathRenameSource);
  if (!from) return from.error();
  const Expected<Place> to = findToChange(call, new_fd, new_path, rights::PathRenameTarget);
  if (!to) return to.error();
  if (Errno error = mayMove(*from->directory, *to->directory); error != Errno::Success) return error;
  const Expected<Parent> source = call.context.paths.parent(from->fd(), from->path);
  if (!source) return source.error();
  const Expected<Parent> target = call.context.paths.parent(to->fd(), to->path);
  if (!target) return target.error();
  return toErrno(renameat(source->fd(), source->name(), target->fd(), target->name()));
}

namespace {

// Links the file that `path` leads to, through a final symbolic link.
Errno linkFollowing(Call& call, const Place& from, const Parent& target) {
  const Expected<HostFd> file = call.context.paths.open(from.fd(), from.path, O_PATH);
  if (!file) return file.error();
  // Linking a descriptor takes a privilege on older kernels; its name in /proc does not.
  if (linkat(file->get(), "", target.fd(), target.name(), AT_EMPTY_PATH) == 0) return Errno::Success;
  if (errno != ENOENT) return lastError();
  std::array<char, 32> name;
  std::snprintf(name.data(), name.size(), "/proc/self/fd/%d", file->get());
  return toErrno(linkat(AT_FDCWD, name.data(), target.fd(), target.name(), AT_SYMLINK_FOLLOW));
}

}  // namespace

Errno path_link(Call& call, Fd old_fd, LookupFlags old_flags, GuestPath old_path, Fd new_fd,
                GuestPath new_path) {
  const Expected<Place> from = findToChange(call, old_fd, old_path, rights::PathLinkSource);
  if (!from) return from.error();
  const Expected<Place> to = findToChange(call, new_fd, new_path, rights::PathLinkTarget);
  if (!to) return to.error();
  if (Errno error = mayMove(*from->directory, *to->directory); error != Errno::Success) return error;
  const Expected<Parent> target = call.context.paths.parent(to->fd(), to->path);
  if (!target) return target.error();
  // With a trailing slash the kernel follows a link of the old name; it can only be a directory, which has no
  // links.
  if (has(old_flags, LookupFlags::SymlinkFollow) || from->path.hasTrailingSlash())
    return linkFollowing(call, *from, *target);
  const Expected<Parent> source = call.context.paths.parent(from->fd(), from->path);
  if (!source) return source.error();
  return toErrno(linkat(source->fd(), source->name(), target->fd(), target->name(), 0));
}

Errno path_readlink(Call& call, Fd fd, GuestPath path, GuestBytes buffer, GuestPtr<Size> used) {
  const Expected<Place> place = find(call, fd, path, rights::PathReadlink);
  if (!place) return place.error();
  if (!place->directory->permissions.list_directories) return Errno::Acces;
  if (buffer.size() == 0) return Errno::Inval;
  if (place->path.hasTrailingSlash()) {
    const Expected<HostFd> directory =
        call.context.paths.open(place->fd(), place->path, O_PATH | O_DIRECTORY);
    return directory ? Errno::Inval : directory.error();
  }
  const Expected<Parent> parent = call.context.paths.parent(place->fd(), place->path);
  if (!parent) return parent.error();
  std::array<char, PATH_MAX> target;
  const ssize_t length = readlinkat(parent->fd(), parent->name(), target.data(), target.size());
  if (length < 0) return lastError();
  // A name of the host, which is none of the guest's business and of no use to it.
  if (length > 0 && target[0] == '/') return Errno::Perm;
  const Size size = std::min(static_cast<Size>(length), buffer.size());
  std::memcpy(buffer.data(), target.data(), size);
  used.store(size);
  return Errno::Success;
}

Errno path_filestat_get(Call& call, Fd fd, LookupFlags flags, GuestPath path, GuestPtr<Filestat> result) {
  return storeFilestat(call, fd, flags, path, result);
}

Errno snapshot0::path_filestat_get(Call& call, Fd fd, LookupFlags flags, GuestPath path,
                                   GuestPtr<Filestat> result) {
  return storeFilestat(call, fd, flags, path, result);
}

Errno path_filestat_set_times(Call& call, Fd fd, LookupFlags flags, GuestPath path, Timestamp atim,
                              Timestamp mtim, FstFlags fst_flags) {
  const Expected<Place> place = find(call, fd, path, rights::PathFilestatSetTimes);
  if (!place) return place.error();
  const Expected<HostTimes> times = toHostTimes(atim, mtim, fst_flags);
  if (!times) return times.error();
  const int nofollow = has(flags, LookupFlags::SymlinkFollow) ? 0 : O_NOFOLLOW;
  const Expected<HostFd> file = call.context.paths.open(place->fd(), place->path, O_PATH | nofollow);
  if (!file) return file.error();
  struct stat status;
  if (fstat(file->get(), &status) != 0) return lastError();
  const WasiPermissions& permissions = place->directory->permissions;
  if (!(S_ISREG(status.st_mode) ? permissions.write_files : permissions.change_directories))
    return Errno::Rofs;
  if (utimensat(file->get(), "", times->data(), AT_EMPTY_PATH) == 0) return Errno::Success;
  if (errno != EINVAL || S_ISLNK(status.st_mode)) return lastError();
  // Before Linux 5.8 utimensat has no AT_EMPTY_PATH.
  std::array<char, 32> name;
  std::snprintf(name.data(), name.size(), "/proc/self/fd/%d", file->get());
  return toErrno(utimensat(AT_FDCWD, name.data(), times->data(), 0));
}

}  // namespace wasmc::wasi
