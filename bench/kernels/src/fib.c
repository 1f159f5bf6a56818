// Fibonacci numbers by naive recursion: the cost of a call.
#include "kernel.h"

__attribute__((noinline)) static uint32_t recurse(uint32_t n) {
  return n < 2 ? n : recurse(n - 1) + recurse(n - 2);
}

KERNEL(fib) { return recurse(size); }
