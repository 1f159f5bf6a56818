// Scatter and gather: iovecs of the guest as iovecs of the host, straight into linear memory.
#ifndef WASMC_WASI_IOVECS_H
#define WASMC_WASI_IOVECS_H

#include "wasi/context.h"

#include <sys/uio.h>

#include <array>
#include <climits>

namespace wasmc::wasi {

// As many iovecs as one system call takes. Not cleared; on the stack.
class HostIovecs {
 public:
  // Translates iovecs from `first` on until the list or this array is full, and at most `limit` bytes. Fault
  // if one of them does not lie in memory.
  Errno fill(const GuestMemory& memory, const GuestSpan<Iovec>& guest, uint32_t first, uint64_t limit);

  const iovec* data() const { return iovecs_.data(); }
  iovec* data() { return iovecs_.data(); }
  int size() const { return size_; }
  uint64_t bytes() const { return bytes_; }

 private:
  std::array<iovec, IOV_MAX> iovecs_;
  int size_ = 0;
  uint64_t bytes_ = 0;
};

// Fault if one of the iovecs does not lie in memory, Inval if the sum of their sizes can not be a result.
Errno checkIovecs(const GuestMemory& memory, const GuestSpan<Iovec>& guest);

// Hands the iovecs to `transfer(iovecs, count, bytes done before)`, which is a system call, as often as it
// takes to get through them; stops where the host transfers less than asked for. `more` says whether it is
// right to call again: no for reads that might block with something read already.
template <typename Transfer>
Expected<uint32_t> transferAll(const GuestMemory& memory, const GuestSpan<Iovec>& guest, uint64_t limit,
                               bool more, Transfer transfer) {
  if (guest.size() > IOV_MAX) {
    if (Errno error = checkIovecs(memory, guest); error != Errno::Success) return fail(error);
  }
  HostIovecs host;
  uint64_t done = 0;
  for (uint32_t first = 0;; first += IOV_MAX) {
    Errno error = host.fill(memory, guest, first, limit - done);
    ssize_t count = 0;
    if (error == Errno::Success) {
      do {
        count = transfer(host.data(), host.size(), done);
      } while (count < 0 && errno == EINTR && !interrupted());
      if (count < 0) error = lastError();
    }
    if (error != Errno::Success) {
      if (done == 0) return fail(error);
      break;
    }
    done += static_cast<uint64_t>(count);
    const bool rest = guest.size() > IOV_MAX && first < guest.size() - IOV_MAX;
    // A system call moves less than 2 GiB, and the result has 32 bits.
    if (!rest || !more || static_cast<uint64_t>(count) < host.bytes() || done > INT32_MAX) break;
  }
  return static_cast<uint32_t>(done);
}

}  // namespace wasmc::wasi

#endif  // WASMC_WASI_IOVECS_H
