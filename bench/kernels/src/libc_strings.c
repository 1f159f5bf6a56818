// strlen, strcmp, strchr, memchr and memcmp of the C library: tuned assembly natively, loops in the guest.
#include "kernel.h"

enum { kText = 1 << 16 };
static char text[kText + 1], other[kText + 1];

KERNEL(libc_strings) {
  uint32_t seed = 11;
  for (uint32_t i = 0; i < kText; i++) {
    uint32_t random = kernel_random(&seed);
    text[i] = random % 61 == 0 ? 0 : (char)('a' + random % 26);
  }
  text[kText] = 0;
  memcpy(other, text, sizeof text);
  uint64_t sum = 0;
  for (uint32_t round = 0; round < size; round++) {
    other[seed % kText] ^= 1;
    kernel_random(&seed);
    for (const char *at = text; at < text + kText; at += strlen(at) + 1) {
      const char *found = strchr(at, 'q');
      int order = strcmp(at, other + (at - text));
      sum = sum * 5 + (found ? (uint64_t)(found - at) : 77) + (order > 0 ? 2 : order < 0 ? 1 : 0);
    }
    sum += memcmp(text, other, kText) != 0;
    const char *zero = memchr(text + round, 0, kText - round);
    sum += zero ? (uint64_t)(zero - text) : 0;
  }
  return sum;
}
