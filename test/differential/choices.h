// Where all decisions of a generator come from: a string of bytes. Whatever the bytes are, what is made of
// them is valid; behind their end there are zeroes, which stand for the simplest choice. So a finding becomes
// smaller by leaving out bytes, whoever made a module of them.
#ifndef WASMC_TEST_DIFFERENTIAL_CHOICES_H
#define WASMC_TEST_DIFFERENTIAL_CHOICES_H

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace wasmc::differential {

// The bytes that a seed stands for: the same on every machine.
std::vector<uint8_t> bytesOf(uint64_t seed);

class Choices {
 public:
  explicit Choices(std::span<const uint8_t> bytes) : bytes_(bytes) {}

  bool exhausted() const { return at_ >= bytes_.size(); }
  uint8_t byte() { return exhausted() ? 0 : bytes_[at_++]; }
  uint64_t bits(unsigned bytes) {
    uint64_t value = 0;
    for (unsigned i = 0; i < bytes; ++i) value = value << 8 | byte();
    return value;
  }
  // 0 to bound - 1; no byte is used where there is no choice.
  uint32_t below(size_t bound) {
    if (bound <= 1) return 0;
    return static_cast<uint32_t>(bits(bound <= 256 ? 1 : 2) % bound);
  }
  // True for `share` of 256 bytes; never behind the end.
  bool chance(unsigned share) { return byte() > 255 - share; }
  template <typename T>
  const T& among(const std::vector<T>& list) {
    return list[below(list.size())];
  }

 private:
  std::span<const uint8_t> bytes_;
  size_t at_ = 0;
};

}  // namespace wasmc::differential

#endif  // WASMC_TEST_DIFFERENTIAL_CHOICES_H
