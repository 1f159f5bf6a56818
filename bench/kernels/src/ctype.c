// Classes of bytes and case mapping, in simple loops that may vectorise.
#include "kernel.h"

enum { kText = 1 << 17 };
static uint8_t text[kText];

static int is_space(uint8_t c) { return c == ' ' || (c >= 9 && c <= 13); }
static int is_upper(uint8_t c) { return c >= 'A' && c <= 'Z'; }
static int is_alpha(uint8_t c) { return (uint8_t)((c | 32) - 'a') < 26; }
static int is_digit(uint8_t c) { return (uint8_t)(c - '0') < 10; }
static int is_punctuation(uint8_t c) { return c > 32 && c < 127 && !is_alpha(c) && !is_digit(c); }

KERNEL(ctype) {
  uint32_t seed = 23;
  for (uint32_t i = 0; i < kText; i++) {
    text[i] = (uint8_t)(kernel_random(&seed) % 128);
  }
  uint64_t sum = 0;
  for (uint32_t round = 0; round < size; round++) {
    uint32_t spaces = 0, letters = 0, digits = 0, punctuation = 0, words = 0;
    int inside = 0;
    for (uint32_t i = 0; i < kText; i++) {
      uint8_t c = text[i];
      spaces += (uint32_t)is_space(c);
      letters += (uint32_t)is_alpha(c);
      digits += (uint32_t)is_digit(c);
      punctuation += (uint32_t)is_punctuation(c);
      words += (uint32_t)(!inside && is_alpha(c));
      inside = is_alpha(c);
    }
    for (uint32_t i = 0; i < kText; i++) {
      uint8_t c = text[i];
      text[i] = is_upper(c) ? c | 32 : is_alpha(c) ? c & 0xdf : c;
    }
    sum = sum * 31 + spaces + 3 * letters + 7 * digits + 11 * punctuation + 13 * words + text[round];
  }
  return sum;
}
