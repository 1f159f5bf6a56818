#include "wasi/iovecs.h"

#include <algorithm>

namespace wasmc::wasi {

Errno HostIovecs::fill(const GuestMemory& memory, const GuestSpan<Iovec>& guest, uint32_t first,
                       uint64_t limit) {
  const uint32_t count = std::min<uint32_t>(guest.size() - first, IOV_MAX);
  uint64_t bytes = 0;
  for (uint32_t i = 0; i < count; ++i) {
    const Iovec vec = guest.load(first + i);
    const std::optional<GuestBytes> range = memory.span<uint8_t>(vec.buf, vec.buf_len);
    if (!range) return Errno::Fault;
    const uint64_t length = std::min<uint64_t>(range->size(), limit - bytes);
    iovecs_[i] = {range->data(), length};
    bytes += length;
  }
  if (bytes > UINT32_MAX) return Errno::Inval;
  size_ = static_cast<int>(count);
  bytes_ = bytes;
  return Errno::Success;
}

Errno checkIovecs(const GuestMemory& memory, const GuestSpan<Iovec>& guest) {
  uint64_t bytes = 0;
  for (uint32_t i = 0; i < guest.size(); ++i) {
    const Iovec vec = guest.load(i);
    if (!memory.span<uint8_t>(vec.buf, vec.buf_len)) return Errno::Fault;
    bytes += vec.buf_len;
    if (bytes > UINT32_MAX) return Errno::Inval;
  }
  return Errno::Success;
}

}  // namespace wasmc::wasi
