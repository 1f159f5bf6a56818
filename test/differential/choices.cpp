#include "choices.h"

namespace wasmc::differential {

std::vector<uint8_t> bytesOf(uint64_t seed) {
  // SplitMix64, so that neighbouring seeds have nothing in common.
  const auto next = [&seed] {
    seed += 0x9e3779b97f4a7c15;
    uint64_t z = seed;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
  };
  // Many small modules and some large ones.
  const uint64_t shape = next();
  const size_t size = 64 + shape % (shape >> 32 & 7 ? 1200 : 6000);
  std::vector<uint8_t> bytes(size);
  for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(next() >> 56);
  return bytes;
}

}  // namespace wasmc::differential
