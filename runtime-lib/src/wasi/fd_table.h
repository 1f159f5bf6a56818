// The descriptors of a guest.
#ifndef WASMC_WASI_FD_TABLE_H
#define WASMC_WASI_FD_TABLE_H

#include "wasi/errno.h"
#include "wasi/host_fd.h"

#include <wasmc/wasi.h>

#include <sys/stat.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace wasmc::wasi {

class DirectoryReader;

// All that can be done with a descriptor of a kind. A guest may give up rights, and directories hand
// `inheriting` on to what is opened below them.
namespace rights {
inline constexpr Rights kStream = FdRead | FdWrite | FdSeek | FdTell | FdFdstatSetFlags | FdSync |
                                  FdDatasync | FdFilestatGet | FdFilestatSetTimes | PollFdReadwrite;
inline constexpr Rights kFile = kStream | FdAdvise | FdAllocate | FdFilestatSetSize;
inline constexpr Rights kNeedsWriteAccess = FdWrite | FdAllocate | FdFilestatSetSize;
inline constexpr Rights kSocket =
    FdRead | FdWrite | FdFdstatSetFlags | FdFilestatGet | PollFdReadwrite | SockShutdown | SockAccept;
inline constexpr Rights kDirectory =
    PathCreateDirectory | PathCreateFile | PathLinkSource | PathLinkTarget | PathOpen | FdReaddir |
    PathReadlink | PathRenameSource | PathRenameTarget | PathFilestatGet | PathFilestatSetSize |
    PathFilestatSetTimes | FdFilestatGet | FdFilestatSetTimes | PathSymlink | PathRemoveDirectory |
    PathUnlinkFile | FdSync | FdDatasync | FdFdstatSetFlags;
inline constexpr Rights kDirectoryInheriting = kDirectory | kFile;
}  // namespace rights

// An open file of the guest. What it is, and so which of its rights it has, costs a system call to find out,
// and many files are asked for their attributes first, or just closed again. So a file that path_open has
// opened becomes `settled` with the first call that must know; FdTable::get sees to that.
struct Descriptor {
  HostFd host;
  bool settled = true;  // else `type` is not known, and the rights are those that the directory hands on
  FileType type = FileType::Unknown;
  Rights base = 0;
  Rights inheriting = 0;
  int status_flags = 0;                // O_APPEND and the like, of a descriptor that nobody else can change
  WasiPermissions permissions;         // of the preopened directory that it comes from
  std::optional<std::string> preopen;  // the guest's name of a preopened directory
  // A standard stream that is not a descriptor of the host: one of these instead.
  WasiInput::Callback input;
  WasiOutput::Callback output;
  std::unique_ptr<DirectoryReader> reader;  // made by the first fd_readdir

  Descriptor();
  // Not settled. `status_flags` are those of open(2). It will have all rights that its type and its access
  // mode allow, cut down to `allowed`; a directory hands on `inheriting`.
  Descriptor(HostFd host, int status_flags, Rights allowed, Rights inheriting);
  Descriptor(Descriptor&&) noexcept;
  Descriptor& operator=(Descriptor&&) noexcept;
  ~Descriptor();

  bool isDirectory() const { return type == FileType::Directory; }
  // Finds out the type, if that has not been done. An error changes nothing.
  Errno settle();
  // The same, with what fstat says of `host`.
  void settle(const struct stat& status);
  // Success, or the error of a function that needs all of `needed`: what the host says of a descriptor that
  // can not do it, and Notcapable for rights that the host does not know.
  Errno check(Rights needed) const;
};

// The type of an open file of the host.
FileType fileTypeOf(const struct stat& status, int fd);
// As above, where there is no descriptor to ask: sockets are taken for stream sockets.
FileType fileTypeOf(const struct stat& status);

// A settled descriptor for a file that was opened elsewhere.
Expected<Descriptor> describe(HostFd host, Rights allowed, Rights inheriting);

class FdTable {
 public:
  explicit FdTable(uint32_t limit) : limit_(limit) {}

  // Null if not open. Perhaps not settled.
  Descriptor* find(Fd fd) const {
    const auto index = static_cast<uint32_t>(fd);
    return index < slots_.size() ? slots_[index].get() : nullptr;
  }
  // Badf if not open. Settled.
  Expected<Descriptor*> get(Fd fd) const {
    Descriptor* descriptor = find(fd);
    if (descriptor == nullptr) return fail(Errno::Badf);
    if (!descriptor->settled) [[unlikely]] {
      if (Errno error = descriptor->settle(); error != Errno::Success) return fail(error);
    }
    return descriptor;
  }
  // As above, and the error of Descriptor::check if a right is missing.
  Expected<Descriptor*> get(Fd fd, Rights needed) const {
    Expected<Descriptor*> descriptor = get(fd);
    if (descriptor && ((*descriptor)->base & needed) != needed) return fail((*descriptor)->check(needed));
    return descriptor;
  }
  // As get, for the directory of a path function. Notdir if it is none.
  Expected<Descriptor*> getDirectory(Fd fd, Rights needed) const;

  // Under the lowest free number. Mfile if there are too many.
  Expected<Fd> insert(Descriptor&& descriptor);
  bool isFull() const { return open_ >= limit_; }
  Errno close(Fd fd);
  // Moves `from` to the number `to`, whose descriptor is closed.
  Errno renumber(Fd from, Fd to);

 private:
  std::vector<std::unique_ptr<Descriptor>> slots_;
  uint32_t open_ = 0;
  uint32_t lowest_free_ = 0;  // no slot below it is free
  uint32_t limit_;
};

}  // namespace wasmc::wasi

#endif  // WASMC_WASI_FD_TABLE_H
