// A product of dense matrices of doubles, in the order that vectorises.
#include "kernel.h"

enum { kMax = 256 };
static double a[kMax * kMax], b[kMax * kMax], c[kMax * kMax];

KERNEL(matmul) {
  for (uint32_t i = 0; i < size * size; i++) {
    a[i] = 1.0 / (i % 97 + 1);
    b[i] = 1.0 / (i % 89 + 2);
    c[i] = 0;
  }
  for (uint32_t i = 0; i < size; i++) {
    for (uint32_t k = 0; k < size; k++) {
      double factor = a[i * size + k];
      for (uint32_t j = 0; j < size; j++) {
        c[i * size + j] += factor * b[k * size + j];
      }
    }
  }
  double trace = 0;
  for (uint32_t i = 0; i < size; i++) {
    trace += c[i * size + i];
  }
  return kernel_bits(trace);
}
