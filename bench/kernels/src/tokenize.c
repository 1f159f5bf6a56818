// A hand-written tokenizer with a symbol table: byte loads, branches, hashing.
#include "kernel.h"

enum { kText = 1 << 16, kSymbols = 4096 };
static char text[kText + 1];
static struct {
  const char *name;
  uint32_t length, count;
} symbols[kSymbols];

static void prepare(void) {
  static const char *const words[] = {"while", "if",  "(", ")", "alpha",  "beta", "+",  "*",  "12345", "0x1F",
                                      "{",     "}",   ";", "=", "gamma_", "x",    "==", "->", "delta", "\"text\""};
  uint32_t seed = 3, at = 0;
  while (at + 16 < kText) {
    const char *word = words[kernel_random(&seed) % 20];
    while (*word) {
      text[at++] = *word++;
    }
    if (seed & 0x300) {
      text[at++] = (char)('a' + (seed >> 8) % 26);
    }
    text[at++] = seed & 0x8000 ? ' ' : '\n';
  }
  text[at] = 0;
}

static int is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
static int is_digit(char c) { return c >= '0' && c <= '9'; }

static uint32_t symbol(const char *name, uint32_t length) {
  uint32_t hash = 2166136261u;
  for (uint32_t i = 0; i < length; i++) {
    hash = (hash ^ (uint8_t)name[i]) * 16777619u;
  }
  for (uint32_t at = hash % kSymbols;; at = (at + 1) % kSymbols) {
    if (symbols[at].name == NULL) {
      symbols[at].name = name;
      symbols[at].length = length;
    }
    if (symbols[at].length == length && memcmp(symbols[at].name, name, length) == 0) {
      return ++symbols[at].count + at;
    }
  }
}

static uint64_t scan(const char *at) {
  uint64_t sum = 0;
  while (*at) {
    const char *start = at;
    if (is_letter(*at)) {
      while (is_letter(*at) || is_digit(*at)) {
        at++;
      }
      sum = sum * 7 + symbol(start, (uint32_t)(at - start));
    } else if (is_digit(*at)) {
      uint32_t value = 0;
      while (is_digit(*at) || is_letter(*at)) {
        value = value * 16 + (uint32_t)(*at++ & 15);
      }
      sum += value;
    } else if (*at == '"') {
      do {
        at++;
      } while (*at && *at != '"');
      at += *at != 0;
      sum += (uint64_t)(at - start);
    } else {
      sum = sum * 3 + (uint8_t)*at++;
    }
  }
  return sum;
}

KERNEL(tokenize) {
  if (text[0] == 0) {
    prepare();
  }
  memset(symbols, 0, sizeof symbols);
  uint64_t sum = 0;
  for (uint32_t round = 0; round < size; round++) {
    sum ^= scan(text);
  }
  return sum;
}
