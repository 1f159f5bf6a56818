#include "shrink.h"

#include <algorithm>
#include <cstddef>

namespace wasmc::differential {
namespace {

using Bytes = std::vector<uint8_t>;
using Interesting = std::function<bool(const Bytes&)>;

// Replaces `bytes` by `candidate` if that still shows it.
bool accept(Bytes& bytes, Bytes candidate, const Interesting& interesting) {
  if (candidate == bytes || !interesting(candidate)) return false;
  bytes = std::move(candidate);
  return true;
}

Bytes without(const Bytes& bytes, size_t at, size_t length) {
  Bytes shorter = bytes;
  const auto first = shorter.begin() + static_cast<std::ptrdiff_t>(at);
  shorter.erase(first, first + static_cast<std::ptrdiff_t>(std::min(length, bytes.size() - at)));
  return shorter;
}

Bytes zeroed(const Bytes& bytes, size_t at, size_t length) {
  Bytes other = bytes;
  std::fill_n(other.begin() + static_cast<std::ptrdiff_t>(at), std::min(length, bytes.size() - at),
              uint8_t{0});
  return other;
}

// One pass with pieces of this length, from the end: what comes later depends on less.
bool pass(Bytes& bytes, size_t length, const Interesting& interesting) {
  bool changed = false;
  for (size_t end = bytes.size(); end > 0;) {
    const size_t at = end > length ? end - length : 0;
    if (at < bytes.size() && (accept(bytes, without(bytes, at, length), interesting) ||
                              accept(bytes, zeroed(bytes, at, length), interesting)))
      changed = true;
    end = at;
  }
  return changed;
}

}  // namespace

Bytes shrink(Bytes bytes, const Interesting& interesting) {
  // The end first: behind it all is simplest.
  for (size_t length = bytes.size() / 2; length > 0; length /= 2)
    while (
        bytes.size() > length &&
        accept(bytes, Bytes(bytes.begin(), bytes.end() - static_cast<std::ptrdiff_t>(length)), interesting)) {
    }
  for (size_t length = bytes.size() / 2; length > 0; length /= 2) pass(bytes, length, interesting);
  while (pass(bytes, 2, interesting)) {
  }
  return bytes;
}

}  // namespace wasmc::differential
