// An example guest: plain C with a C library, which knows nothing of WebAssembly.
#include <stdio.h>
#include <stdlib.h>

// The sum of the first `count` primes, by trial division.
static unsigned long sum_of_primes(unsigned count) {
  unsigned long sum = 0;
  for (unsigned n = 2; count > 0; ++n) {
    unsigned divisor = 2;
    while (divisor * divisor <= n && n % divisor != 0) ++divisor;
    if (divisor * divisor > n) {
      sum += n;
      --count;
    }
  }
  return sum;
}

int main(int argc, char** argv) {
  printf("Hello, %s!\n", argc > 1 ? argv[1] : "nobody");
  printf("The first 1000 primes add up to %lu.\n", sum_of_primes(1000));
  return EXIT_SUCCESS;
}
