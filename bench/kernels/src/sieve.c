// The sieve of Eratosthenes: strided byte stores, then a count that vectorises.
#include "kernel.h"

static uint8_t composite[1 << 22];

KERNEL(sieve) {
  memset(composite, 0, size + 1);
  for (uint32_t i = 2; i * i <= size; i++) {
    if (!composite[i]) {
      for (uint32_t j = i * i; j <= size; j += i) {
        composite[j] = 1;
      }
    }
  }
  uint32_t primes = 0;
  for (uint32_t i = 2; i <= size; i++) {
    primes += !composite[i];
  }
  return primes;
}
