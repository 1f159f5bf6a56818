// Lengths of Collatz sequences: 64-bit arithmetic and unpredictable branches.
#include "kernel.h"

KERNEL(collatz) {
  uint64_t longest = 0, total = 0;
  for (uint64_t start = 1; start <= size; start++) {
    uint64_t steps = 0;
    for (uint64_t n = start; n != 1; steps++) {
      n = n & 1 ? 3 * n + 1 : n / 2;
    }
    total += steps;
    longest = steps > longest ? steps : longest;
  }
  return total << 16 ^ longest;
}
