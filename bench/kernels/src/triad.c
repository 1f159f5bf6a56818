// STREAM's triad on arrays larger than the caches: memory bandwidth.
#include "kernel.h"

enum { kElements = 1 << 20 };
static double a[kElements], b[kElements], c[kElements];

KERNEL(triad) {
  for (uint32_t i = 0; i < kElements; i++) {
    b[i] = i;
    c[i] = i % 7;
  }
  for (uint32_t round = 0; round < size; round++) {
    for (uint32_t i = 0; i < kElements; i++) {
      a[i] = b[i] + 3.0 * c[i];
    }
    for (uint32_t i = 0; i < kElements; i++) {
      b[i] = a[i] - 2.0 * c[i];
    }
  }
  double sum = 0;
  for (uint32_t i = 0; i < kElements; i += 1001) {
    sum += a[i];
  }
  return kernel_bits(sum);
}
