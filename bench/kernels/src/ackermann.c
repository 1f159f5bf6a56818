// Ackermann's function: deep recursion.
#include "kernel.h"

__attribute__((noinline)) static uint32_t recurse(uint32_t m, uint32_t n) {
  if (m == 0) {
    return n + 1;
  }
  return n == 0 ? recurse(m - 1, 1) : recurse(m - 1, recurse(m, n - 1));
}

KERNEL(ackermann) { return recurse(3, size); }
