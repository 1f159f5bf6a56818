#include "lsda.h"

#include <cstring>

namespace wasmc::detail {
namespace {

// Encodings of numbers (DWARF, "pointer encodings"): those that LLVM writes.
enum Encoding : uint8_t { kUleb128 = 0x01, kUdata4 = 0x03, kOmit = 0xff };

class Reader {
 public:
  explicit Reader(const uint8_t* at) : at_(at) {}

  uint8_t byte() { return *at_++; }
  uint64_t uleb128() {
    uint64_t value = 0;
    unsigned shift = 0;
    uint8_t part = 0;
    do {
      part = byte();
      value |= uint64_t{part & 0x7fu} << shift;
      shift += 7;
    } while (part & 0x80 && shift < 64);
    return value;
  }
  uint64_t number(uint8_t encoding) {
    if (encoding != kUdata4) return uleb128();
    uint32_t value = 0;
    std::memcpy(&value, at_, sizeof value);
    at_ += sizeof value;
    return value;
  }
  const uint8_t* at() const { return at_; }

 private:
  const uint8_t* at_;
};

}  // namespace

uintptr_t landingPad(const uint8_t* lsda, uintptr_t start, uintptr_t pc) {
  if (!lsda) return 0;
  Reader in(lsda);
  if (in.byte() != kOmit)
    return 0;  // landing pads relative to something else than the function: LLVM has none
  if (in.byte() != kOmit) in.uleb128();  // distance of the type table
  const uint8_t encoding = in.byte();
  if (encoding != kUleb128 && encoding != kUdata4) return 0;
  const uint64_t size = in.uleb128();
  const uint8_t* const end = in.at() + size;
  while (in.at() < end) {
    const uintptr_t begin = start + in.number(encoding);
    const uint64_t length = in.number(encoding);
    const uint64_t landing = in.number(encoding);
    in.uleb128();  // action
    if (pc >= begin && pc - begin < length) return landing ? start + landing : 0;
  }
  return 0;
}

}  // namespace wasmc::detail
