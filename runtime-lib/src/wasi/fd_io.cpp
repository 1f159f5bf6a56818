// Reading, writing and seeking. Data goes from the kernel straight into guest memory and back.
#include "wasi/functions.h"
#include "wasi/iovecs.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <limits>

namespace wasmc::wasi {
namespace {

// Reads from a callback: like a pipe, what it gives for the first iovecs is enough.
ssize_t readFrom(const WasiInput::Callback& input, const iovec* iovecs, int count) {
  ssize_t done = 0;
  for (int i = 0; i < count; ++i) {
    if (iovecs[i].iov_len == 0) continue;
    const auto size = input({static_cast<std::byte*>(iovecs[i].iov_base), iovecs[i].iov_len});
    if (!size || *size > iovecs[i].iov_len) {
      errno = EIO;
      return done > 0 ? done : -1;
    }
    done += static_cast<ssize_t>(*size);
    if (*size < iovecs[i].iov_len) break;
  }
  return done;
}

ssize_t writeTo(const WasiOutput::Callback& output, const iovec* iovecs, int count) {
  ssize_t done = 0;
  for (int i = 0; i < count; ++i) {
    if (iovecs[i].iov_len == 0) continue;
    if (!output({static_cast<const std::byte*>(iovecs[i].iov_base), iovecs[i].iov_len})) {
      errno = EIO;
      return done > 0 ? done : -1;
    }
    done += static_cast<ssize_t>(iovecs[i].iov_len);
  }
  return done;
}

Errno finish(const Expected<uint32_t>& count, GuestPtr<Size> result) {
  if (!count) return count.error();
  result.store(*count);
  return Errno::Success;
}

// Writes within the limit of bytes that the host has set: Nospc when nothing is left of it.
template <typename Transfer>
Errno writeAll(Call& call, GuestSpan<Iovec> iovs, GuestPtr<Size> written, Transfer transfer) {
  uint64_t& left = call.context.bytes_left_to_write;
  const Expected<uint32_t> count =
      transferAll(call.memory, iovs, left, true, [&](const iovec* vecs, int n, uint64_t done) -> ssize_t {
        if (left - done == 0 && iovs.size() > 0) {
          errno = ENOSPC;
          return -1;
        }
        return transfer(vecs, n, done);
      });
  if (count && left != UINT64_MAX) left -= *count;
  return finish(count, written);
}

// The calls for one buffer spare the kernel the copy of an array, which costs as much as a short transfer.
ssize_t readHost(int fd, const iovec* vecs, int count) {
  return count == 1 ? waiting(SYS_read, fd, vecs->iov_base, vecs->iov_len)
                    : waiting(SYS_readv, fd, vecs, count);
}
ssize_t writeHost(int fd, const iovec* vecs, int count) {
  return count == 1 ? waiting(SYS_write, fd, vecs->iov_base, vecs->iov_len)
                    : waiting(SYS_writev, fd, vecs, count);
}
ssize_t readHostAt(int fd, const iovec* vecs, int count, off_t offset) {
  return count == 1 ? pread(fd, vecs->iov_base, vecs->iov_len, offset) : preadv(fd, vecs, count, offset);
}
ssize_t writeHostAt(int fd, const iovec* vecs, int count, off_t offset) {
  return count == 1 ? pwrite(fd, vecs->iov_base, vecs->iov_len, offset) : pwritev(fd, vecs, count, offset);
}

// For streams that may have nobody at the other end any more: a socket says Pipe, without the signal. (A pipe
// raises SIGPIPE, which is the host's to ignore.)
ssize_t sendTo(int socket, const iovec* iovecs, int count) {
  msghdr message = {};
  message.msg_iov = const_cast<iovec*>(iovecs);
  message.msg_iovlen = static_cast<size_t>(count);
  return waiting(SYS_sendmsg, socket, &message, MSG_NOSIGNAL);
}

bool isSocket(const Descriptor& descriptor) {
  return descriptor.type == FileType::SocketDgram || descriptor.type == FileType::SocketStream;
}

// Writes to something that may wait until somebody reads. With a limit of bytes, calls of other threads wait,
// too: they must not use up what this one is about to write.
Errno writeStream(Call& call, const Descriptor& file, GuestSpan<Iovec> iovs, GuestPtr<Size> written) {
  const bool socket = isSocket(file);
  const auto write = [socket](int host, const iovec* vecs, int n) {
    return socket ? sendTo(host, vecs, n) : writeHost(host, vecs, n);
  };
  if (call.context.bytes_left_to_write != UINT64_MAX)
    return writeAll(call, iovs, written, [&, host = file.host.get()](const iovec* vecs, int n, uint64_t) {
      return write(host, vecs, n);
    });
  const GuestMemory& memory = call.memory;
  return finish(call.waitOn(file.host,
                            [&](int host) {
                              return transferAll(
                                  memory, iovs, UINT64_MAX, true,
                                  [&](const iovec* vecs, int n, uint64_t) { return write(host, vecs, n); });
                            }),
                written);
}

constexpr uint64_t kMaxOffset = std::numeric_limits<off_t>::max();

}  // namespace

Errno fd_read(Call& call, Fd fd, GuestSpan<Iovec> iovs, GuestPtr<Size> read) {
  const Expected<Descriptor*> descriptor = call.fds().get(fd, rights::FdRead);
  if (!descriptor) return descriptor.error();
  const Descriptor& file = **descriptor;
  const GuestMemory& memory = call.memory;
  if (file.input)
    return finish(
        transferAll(memory, iovs, UINT64_MAX, false,
                    [&](const iovec* vecs, int n, uint64_t) { return readFrom(file.input, vecs, n); }),
        read);
  const bool regular = file.type == FileType::RegularFile;
  const auto readAll = [&](int host) {
    return transferAll(memory, iovs, UINT64_MAX, regular,
                       [host](const iovec* vecs, int n, uint64_t) { return readHost(host, vecs, n); });
  };
  return finish(regular ? readAll(file.host.get()) : call.waitOn(file.host, readAll), read);
}

Errno fd_write(Call& call, Fd fd, GuestSpan<Iovec> iovs, GuestPtr<Size> written) {
  const Expected<Descriptor*> descriptor = call.fds().get(fd, rights::FdWrite);
  if (!descriptor) return descriptor.error();
  const Descriptor& file = **descriptor;
  if (!file.output && file.type != FileType::RegularFile) return writeStream(call, file, iovs, written);
  return writeAll(call, iovs, written, [&](const iovec* vecs, int n, uint64_t) {
    return file.output ? writeTo(file.output, vecs, n) : writeHost(file.host.get(), vecs, n);
  });
}

Errno fd_pread(Call& call, Fd fd, GuestSpan<Iovec> iovs, FileSize offset, GuestPtr<Size> read) {
  const Expected<Descriptor*> descriptor = call.fds().get(fd, rights::FdRead | rights::FdSeek);
  if (!descriptor) return descriptor.error();
  if ((*descriptor)->input) return Errno::Spipe;
  if (offset > kMaxOffset) return Errno::Inval;
  const int host = (*descriptor)->host.get();
  return finish(transferAll(call.memory, iovs, UINT64_MAX, true,
                            [&](const iovec* vecs, int n, uint64_t done) {
                              return readHostAt(host, vecs, n, static_cast<off_t>(offset + done));
                            }),
                read);
}

Errno fd_pwrite(Call& call, Fd fd, GuestSpan<Iovec> iovs, FileSize offset, GuestPtr<Size> written) {
  const Expected<Descriptor*> descriptor = call.fds().get(fd, rights::FdWrite | rights::FdSeek);
  if (!descriptor) return descriptor.error();
  if ((*descriptor)->output) return Errno::Spipe;
  if (offset > kMaxOffset) return Errno::Inval;
  const int host = (*descriptor)->host.get();
  return writeAll(call, iovs, written, [&](const iovec* vecs, int n, uint64_t done) {
    return writeHostAt(host, vecs, n, static_cast<off_t>(offset + done));
  });
}

namespace {

Errno seek(Call& call, Fd fd, Rights right, FileDelta offset, int whence, GuestPtr<FileSize> position) {
  const Expected<Descriptor*> descriptor = call.fds().get(fd, right);
  if (!descriptor) return descriptor.error();
  if (!(*descriptor)->host) return Errno::Spipe;
  const off_t result = lseek((*descriptor)->host.get(), offset, whence);
  if (result < 0) return lastError();
  position.store(static_cast<FileSize>(result));
  return Errno::Success;
}

}  // namespace

Errno fd_seek(Call& call, Fd fd, FileDelta offset, Whence whence, GuestPtr<FileSize> position) {
  static constexpr int kHost[] = {SEEK_SET, SEEK_CUR, SEEK_END};
  // To learn the position, the right to tell it is enough.
  const bool tells = whence == Whence::Cur && offset == 0;
  return seek(call, fd, tells ? rights::FdTell : rights::FdSeek | rights::FdTell, offset,
              kHost[static_cast<size_t>(whence)], position);
}

Errno snapshot0::fd_seek(Call& call, Fd fd, FileDelta offset, Whence whence, GuestPtr<FileSize> position) {
  static constexpr wasi::Whence kSame[] = {wasi::Whence::Cur, wasi::Whence::End, wasi::Whence::Set};
  return wasi::fd_seek(call, fd, offset, kSame[static_cast<size_t>(whence)], position);
}

Errno fd_tell(Call& call, Fd fd, GuestPtr<FileSize> position) {
  return seek(call, fd, rights::FdTell, 0, SEEK_CUR, position);
}

}  // namespace wasmc::wasi
