// The spectral norm of an infinite matrix: integer to double conversions and divisions.
#include <math.h>

#include "kernel.h"

enum { kMax = 1024 };
static double u[kMax], v[kMax], w[kMax];

static double element(uint32_t i, uint32_t j) { return 1.0 / ((i + j) * (i + j + 1) / 2 + i + 1); }

static void multiply(const double *in, double *out, uint32_t size) {
  for (uint32_t i = 0; i < size; i++) {
    double sum = 0;
    for (uint32_t j = 0; j < size; j++) {
      sum += element(i, j) * in[j];
    }
    out[i] = sum;
  }
}

static void multiply_transposed(const double *in, double *out, uint32_t size) {
  for (uint32_t i = 0; i < size; i++) {
    double sum = 0;
    for (uint32_t j = 0; j < size; j++) {
      sum += element(j, i) * in[j];
    }
    out[i] = sum;
  }
}

KERNEL(spectral) {
  for (uint32_t i = 0; i < size; i++) {
    u[i] = 1;
  }
  for (int round = 0; round < 5; round++) {
    multiply(u, w, size);
    multiply_transposed(w, v, size);
    multiply(v, w, size);
    multiply_transposed(w, u, size);
  }
  double uv = 0, vv = 0;
  for (uint32_t i = 0; i < size; i++) {
    uv += u[i] * v[i];
    vv += v[i] * v[i];
  }
  return kernel_bits(sqrt(uv / vv));
}
