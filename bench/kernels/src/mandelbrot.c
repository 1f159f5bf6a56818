// Mandelbrot's set: a short loop of dependent doubles, left at a condition.
#include "kernel.h"

KERNEL(mandelbrot) {
  uint64_t inside = 0;
  double sum = 0;
  for (uint32_t row = 0; row < size; row++) {
    for (uint32_t column = 0; column < size; column++) {
      double cr = 2.0 * column / size - 1.5, ci = 2.0 * row / size - 1.0;
      double zr = 0, zi = 0;
      int count = 0;
      while (count < 200 && zr * zr + zi * zi < 4.0) {
        double next = zr * zr - zi * zi + cr;
        zi = 2.0 * zr * zi + ci;
        zr = next;
        count++;
      }
      inside += count == 200;
      sum += count;
    }
  }
  return kernel_bits(sum + (double)inside);
}
