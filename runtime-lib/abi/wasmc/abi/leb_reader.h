// LEB128 numbers out of bytes that may be damaged: nothing is read past their end.
#ifndef WASMC_ABI_LEB_READER_H
#define WASMC_ABI_LEB_READER_H

#include <cstdint>

namespace wasmc::abi {

class LebReader {
 public:
  LebReader(const uint8_t* at, const uint8_t* end) : at_(at), end_(end) {}

  uint64_t unsignedNumber() {
    unsigned shift = 0;
    return number(shift);
  }
  int64_t signedNumber() {
    unsigned shift = 0;
    uint64_t value = number(shift);
    if (shift > 0 && shift < 64 && (value >> (shift - 1)) & 1) value |= ~uint64_t{0} << shift;
    return static_cast<int64_t>(value);
  }
  // Whether a number was cut off by the end: what was returned for it means nothing.
  bool failed() const { return failed_; }

 private:
  // `shift` becomes the number of bits read.
  uint64_t number(unsigned& shift) {
    uint64_t value = 0;
    while (at_ < end_ && shift < 64) {
      const uint8_t byte = *at_++;
      value |= uint64_t{byte & 0x7fu} << shift;
      shift += 7;
      if (!(byte & 0x80)) return value;
    }
    failed_ = true;
    return value;
  }

  const uint8_t* at_;
  const uint8_t* end_;
  bool failed_ = false;
};

}  // namespace wasmc::abi

#endif  // WASMC_ABI_LEB_READER_H
