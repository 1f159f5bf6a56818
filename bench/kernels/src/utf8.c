// Decodes and checks UTF-8 of all lengths: branches on bytes.
#include "kernel.h"

enum { kText = 1 << 16 };
static uint8_t text[kText + 4];

static uint32_t encode(uint32_t code, uint8_t *out) {
  if (code < 0x80) {
    out[0] = (uint8_t)code;
    return 1;
  }
  uint32_t length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  for (uint32_t i = length - 1; i > 0; i--, code >>= 6) {
    out[i] = (uint8_t)(0x80 | (code & 0x3f));
  }
  out[0] = (uint8_t)(0xf00 >> length | code);
  return length;
}

static uint32_t decode(const uint8_t **at) {
  const uint8_t *p = *at;
  uint32_t first = *p++, code = first, more = 0, least = 0;
  if (first >= 0x80) {
    if (first >= 0xf0 && first < 0xf5) {
      code = first & 7, more = 3, least = 0x10000;
    } else if (first >= 0xe0 && first < 0xf0) {
      code = first & 15, more = 2, least = 0x800;
    } else if (first >= 0xc2 && first < 0xe0) {
      code = first & 31, more = 1, least = 0x80;
    } else {
      *at = p;
      return 0xfffd;
    }
    for (; more > 0; more--, p++) {
      if ((*p & 0xc0) != 0x80) {
        *at = p;
        return 0xfffd;
      }
      code = code << 6 | (*p & 0x3f);
    }
  }
  *at = p;
  return code < least || code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? 0xfffd : code;
}

KERNEL(utf8) {
  uint32_t seed = 17, end = 0;
  while (end < kText - 4) {
    uint32_t random = kernel_random(&seed);
    static const uint32_t ranges[4] = {0x80, 0x800, 0x10000, 0x120000};
    end += encode(random % ranges[random >> 29 & 3], text + end);
  }
  uint64_t sum = 0;
  for (uint32_t round = 0; round < size; round++) {
    for (const uint8_t *at = text; at < text + end;) {
      sum = sum * 3 + decode(&at);
    }
  }
  return sum;
}
