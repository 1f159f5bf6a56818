// The functions of WASI, by topic. What they do is said by the standard (WASI preview 1,
// witx/wasi_snapshot_preview1.witx); comments stand where the standard leaves a choice. The wasm type of each
// follows from its signature (binding.h); guest memory is reached through its typed parameters only.
#ifndef WASMC_WASI_FUNCTIONS_H
#define WASMC_WASI_FUNCTIONS_H

#include "wasi/context.h"

#include <expected>

namespace wasmc::wasi {

// Ends the program with a status.
struct Exit {
  uint32_t status;
};

// args.cpp
Errno args_sizes_get(Call& call, GuestPtr<Size> count, GuestPtr<Size> size);
Errno args_get(Call& call, GuestAddress pointers, GuestAddress strings);
Errno environ_sizes_get(Call& call, GuestPtr<Size> count, GuestPtr<Size> size);
Errno environ_get(Call& call, GuestAddress pointers, GuestAddress strings);

// clock.cpp
Errno clock_res_get(Call& call, ClockId id, GuestPtr<Timestamp> resolution);
Errno clock_time_get(Call& call, ClockId id, Timestamp precision, GuestPtr<Timestamp> time);
Errno random_get(Call& call, GuestBytes buffer);

// proc.cpp
Exit proc_exit(Call& call, uint32_t status);
std::expected<Errno, Exit> proc_raise(Call& call, Signal signal);
Errno sched_yield(Call& call);

// fd.cpp
Errno fd_advise(Call& call, Fd fd, FileSize offset, FileSize length, Advice advice);
Errno fd_allocate(Call& call, Fd fd, FileSize offset, FileSize length);
Errno fd_close(Call& call, Fd fd);
Errno fd_datasync(Call& call, Fd fd);
Errno fd_fdstat_get(Call& call, Fd fd, GuestPtr<Fdstat> result);
Errno fd_fdstat_set_flags(Call& call, Fd fd, FdFlags flags);
Errno fd_fdstat_set_rights(Call& call, Fd fd, Rights base, Rights inheriting);
Errno fd_filestat_get(Call& call, Fd fd, GuestPtr<Filestat> result);
Errno fd_filestat_set_size(Call& call, Fd fd, FileSize size);
Errno fd_filestat_set_times(Call& call, Fd fd, Timestamp atim, Timestamp mtim, FstFlags flags);
Errno fd_prestat_get(Call& call, Fd fd, GuestPtr<Prestat> result);
Errno fd_prestat_dir_name(Call& call, Fd fd, GuestBytes name);
Errno fd_readdir(Call& call, Fd fd, GuestBytes buffer, DirCookie cookie, GuestPtr<Size> used);
Errno fd_renumber(Call& call, Fd from, Fd to);
Errno fd_sync(Call& call, Fd fd);

// fd_io.cpp
Errno fd_pread(Call& call, Fd fd, GuestSpan<Iovec> iovs, FileSize offset, GuestPtr<Size> read);
Errno fd_pwrite(Call& call, Fd fd, GuestSpan<Iovec> iovs, FileSize offset, GuestPtr<Size> written);
Errno fd_read(Call& call, Fd fd, GuestSpan<Iovec> iovs, GuestPtr<Size> read);
Errno fd_seek(Call& call, Fd fd, FileDelta offset, Whence whence, GuestPtr<FileSize> position);
Errno fd_tell(Call& call, Fd fd, GuestPtr<FileSize> position);
Errno fd_write(Call& call, Fd fd, GuestSpan<Iovec> iovs, GuestPtr<Size> written);

// path_functions.cpp
Errno path_create_directory(Call& call, Fd fd, GuestPath path);
Errno path_filestat_get(Call& call, Fd fd, LookupFlags flags, GuestPath path, GuestPtr<Filestat> result);
Errno path_filestat_set_times(Call& call, Fd fd, LookupFlags flags, GuestPath path, Timestamp atim,
                              Timestamp mtim, FstFlags times);
Errno path_link(Call& call, Fd old_fd, LookupFlags old_flags, GuestPath old_path, Fd new_fd,
                GuestPath new_path);
Errno path_readlink(Call& call, Fd fd, GuestPath path, GuestBytes buffer, GuestPtr<Size> used);
Errno path_remove_directory(Call& call, Fd fd, GuestPath path);
Errno path_rename(Call& call, Fd old_fd, GuestPath old_path, Fd new_fd, GuestPath new_path);
Errno path_symlink(Call& call, GuestPath target, Fd fd, GuestPath path);
Errno path_unlink_file(Call& call, Fd fd, GuestPath path);

// path_open.cpp
Errno path_open(Call& call, Fd fd, LookupFlags lookup, GuestPath path, OFlags oflags, Rights base,
                Rights inheriting, FdFlags flags, GuestPtr<Fd> opened);

// poll.cpp
Errno poll_oneoff(Call& call, GuestAddress subscriptions, GuestAddress events, Size count,
                  GuestPtr<Size> ready);

// sock.cpp
Errno sock_accept(Call& call, Fd fd, FdFlags flags, GuestPtr<Fd> accepted);
Errno sock_recv(Call& call, Fd fd, GuestSpan<Iovec> data, RiFlags flags, GuestPtr<Size> received,
                GuestPtr<RoFlags> out_flags);
Errno sock_send(Call& call, Fd fd, GuestSpan<Iovec> data, SiFlags flags, GuestPtr<Size> sent);
Errno sock_shutdown(Call& call, Fd fd, SdFlags how);

// The functions of wasi_unstable whose structs or numbers are different.
namespace snapshot0 {
Errno fd_filestat_get(Call& call, Fd fd, GuestPtr<Filestat> result);
Errno fd_seek(Call& call, Fd fd, FileDelta offset, Whence whence, GuestPtr<FileSize> position);
Errno path_filestat_get(Call& call, Fd fd, LookupFlags flags, GuestPath path, GuestPtr<Filestat> result);
Errno poll_oneoff(Call& call, GuestAddress subscriptions, GuestAddress events, Size count,
                  GuestPtr<Size> ready);
}  // namespace snapshot0

}  // namespace wasmc::wasi

#endif  // WASMC_WASI_FUNCTIONS_H
