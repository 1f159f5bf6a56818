// Arguments and environment: both are lists of strings with a NUL each, and an array of pointers to them.
#include "wasi/functions.h"

#include <cstring>

namespace wasmc::wasi {
namespace {

Expected<Size> totalSize(const std::vector<std::string>& strings) {
  uint64_t total = 0;
  for (const std::string& string : strings) total += string.size() + 1;
  if (total > UINT32_MAX || strings.size() > UINT32_MAX / sizeof(uint32_t)) return fail(Errno::Overflow);
  return static_cast<Size>(total);
}

Errno storeSizes(const std::vector<std::string>& strings, GuestPtr<Size> count, GuestPtr<Size> size) {
  const Expected<Size> total = totalSize(strings);
  if (!total) return total.error();
  count.store(static_cast<Size>(strings.size()));
  size.store(*total);
  return Errno::Success;
}

Errno storeStrings(Call& call, const std::vector<std::string>& strings, GuestAddress pointers_at,
                   GuestAddress bytes_at) {
  const Expected<Size> total = totalSize(strings);
  if (!total) return total.error();
  const auto pointers = call.memory.span<uint32_t>(pointers_at.value, static_cast<uint32_t>(strings.size()));
  const auto bytes = call.memory.span<uint8_t>(bytes_at.value, *total);
  if (!pointers || !bytes) return Errno::Fault;
  Size used = 0;
  for (uint32_t i = 0; i < pointers->size(); ++i) {
    const size_t length = strings[i].size() + 1;
    pointers->store(i, bytes_at.value + used);
    std::memcpy(bytes->data() + used, strings[i].c_str(), length);
    used += static_cast<Size>(length);
  }
  return Errno::Success;
}

}  // namespace

Errno args_sizes_get(Call& call, GuestPtr<Size> count, GuestPtr<Size> size) {
  return storeSizes(call.context.args, count, size);
}

Errno args_get(Call& call, GuestAddress pointers, GuestAddress strings) {
  return storeStrings(call, call.context.args, pointers, strings);
}

Errno environ_sizes_get(Call& call, GuestPtr<Size> count, GuestPtr<Size> size) {
  return storeSizes(call.context.environment, count, size);
}

Errno environ_get(Call& call, GuestAddress pointers, GuestAddress strings) {
  return storeStrings(call, call.context.environment, pointers, strings);
}

}  // namespace wasmc::wasi
