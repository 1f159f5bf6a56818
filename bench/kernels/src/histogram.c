// Counts of bytes, a copy, and a comparison: byte loads and stores that may alias.
#include "kernel.h"

enum { kBytes = 1 << 20 };
static uint8_t source[kBytes], copy[kBytes];
static uint32_t counts[256];

KERNEL(histogram) {
  uint32_t seed = 99;
  for (uint32_t i = 0; i < kBytes; i++) {
    source[i] = (uint8_t)(kernel_random(&seed) >> 24) & (uint8_t)(i >> 8);
  }
  memset(counts, 0, sizeof counts);
  uint64_t sum = 0;
  for (uint32_t round = 0; round < size; round++) {
    for (uint32_t i = 0; i < kBytes; i++) {
      counts[source[i]]++;
    }
    memcpy(copy, source, kBytes);
    copy[round] ^= 1;
    for (uint32_t i = 0; i < kBytes; i++) {
      source[i] = copy[kBytes - 1 - i];
      sum += source[i] == copy[i];
    }
  }
  for (int i = 0; i < 256; i++) {
    sum = sum * 31 + counts[i];
  }
  return sum;
}
