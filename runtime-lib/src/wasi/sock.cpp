// Sockets: preopened by the host, or accepted from one of those.
#include "wasi/filestat.h"
#include "wasi/functions.h"
#include "wasi/iovecs.h"

#include <fcntl.h>
#include <sys/socket.h>

#include <cerrno>

namespace wasmc::wasi {
namespace {

// Badf, Notsock, or the error for a missing right.
Expected<const HostFd*> findSocket(Call& call, Fd fd, Rights needed) {
  const Expected<Descriptor*> found = call.fds().get(fd);
  if (!found) return fail(found.error());
  const Descriptor& descriptor = **found;
  if (descriptor.type != FileType::SocketDgram && descriptor.type != FileType::SocketStream)
    return fail(Errno::Notsock);
  if (Errno error = descriptor.check(needed); error != Errno::Success) return fail(error);
  return &descriptor.host;
}

Expected<HostFd> acceptOn(int listener, int flags) {
  HostFd connection;
  do {
    connection = HostFd(static_cast<int>(waiting(SYS_accept4, listener, nullptr, nullptr, flags)));
  } while (!connection && errno == EINTR && !interrupted());
  if (!connection) return failWithLastError();
  return connection;
}

}  // namespace

Errno sock_accept(Call& call, Fd fd, FdFlags flags, GuestPtr<Fd> accepted) {
  const Expected<const HostFd*> socket = findSocket(call, fd, rights::SockAccept);
  if (!socket) return socket.error();
  if ((static_cast<uint16_t>(flags) & ~static_cast<uint16_t>(FdFlags::Nonblock)) != 0) return Errno::Inval;
  if (call.fds().isFull()) return Errno::Mfile;
  const int host_flags = SOCK_CLOEXEC | (has(flags, FdFlags::Nonblock) ? SOCK_NONBLOCK : 0);
  Expected<HostFd> connection =
      call.waitOn(**socket, [&](int listener) { return acceptOn(listener, host_flags); });
  if (!connection) return connection.error();
  Expected<Descriptor> descriptor = describe(std::move(*connection), rights::kSocket, 0);
  if (!descriptor) return descriptor.error();
  const Expected<Fd> number = call.fds().insert(std::move(*descriptor));
  if (!number) return number.error();
  accepted.store(*number);
  return Errno::Success;
}

Errno sock_recv(Call& call, Fd fd, GuestSpan<Iovec> data, RiFlags flags, GuestPtr<Size> received,
                GuestPtr<RoFlags> out_flags) {
  const Expected<const HostFd*> socket = findSocket(call, fd, rights::FdRead);
  if (!socket) return socket.error();
  const int host_flags =
      (has(flags, RiFlags::Peek) ? MSG_PEEK : 0) | (has(flags, RiFlags::WaitAll) ? MSG_WAITALL : 0);
  RoFlags result_flags = RoFlags::None;
  const GuestMemory& memory = call.memory;
  const Expected<uint32_t> count = call.waitOn(**socket, [&](int host) {
    return transferAll(memory, data, UINT64_MAX, false, [&](iovec* vecs, int n, uint64_t) {
      msghdr message = {};
      message.msg_iov = vecs;
      message.msg_iovlen = static_cast<size_t>(n);
      const ssize_t result = waiting(SYS_recvmsg, host, &message, host_flags);
      if ((message.msg_flags & MSG_TRUNC) != 0) result_flags = RoFlags::DataTruncated;
      return result;
    });
  });
  if (!count) return count.error();
  received.store(*count);
  out_flags.store(result_flags);
  return Errno::Success;
}

Errno sock_send(Call& call, Fd fd, GuestSpan<Iovec> data, SiFlags, GuestPtr<Size> sent) {
  if (const auto socket = findSocket(call, fd, rights::FdWrite); !socket) return socket.error();
  return fd_write(call, fd, data, sent);
}

Errno sock_shutdown(Call& call, Fd fd, SdFlags how) {
  const Expected<const HostFd*> socket = findSocket(call, fd, rights::SockShutdown);
  if (!socket) return socket.error();
  const bool reads = has(how, SdFlags::Rd), writes = has(how, SdFlags::Wr);
  if (!reads && !writes) return Errno::Inval;
  return shutdown((*socket)->get(), reads ? (writes ? SHUT_RDWR : SHUT_RD) : SHUT_WR) == 0 ? Errno::Success
                                                                                           : lastError();
}

}  // namespace wasmc::wasi
