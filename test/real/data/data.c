// Writes a number of bytes of test data, always the same: parts like text, like tables, repeated from earlier, and random.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state = 0x9e3779b97f4a7c15;

static uint32_t next(uint32_t limit) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (uint32_t)(state >> 32) % limit;
}

static size_t text(char *out, size_t size) {
  size_t at = 0;
  while (at < size) {
    size_t length = 1 + next(9);
    for (uint32_t letter = next(400); length-- > 0 && at < size; letter = letter * 7 % 401) {
      out[at++] = (char)('a' + letter % 26);
    }
    if (at < size) {
      out[at++] = next(12) == 0 ? '\n' : ' ';
    }
  }
  return at;
}

static size_t table(char *out, size_t size) {
  size_t at = 0;
  for (uint32_t row = next(100000); at + 48 < size; row++) {
    at += (size_t)sprintf(out + at, "%u,%u.%02u,%s\n", row, next(1000), next(100), next(2) ? "true" : "false");
  }
  return at;
}

static size_t noise(char *out, size_t size) {
  for (size_t at = 0; at < size; at++) {
    out[at] = (char)next(256);
  }
  return size;
}

int main(int argc, char **argv) {
  size_t size = argc > 1 ? strtoul(argv[1], NULL, 10) : 0;
  char *out = malloc(size + 64);
  if (out == NULL) {
    return 1;
  }
  for (size_t at = 0; at < size;) {
    size_t length = 1000 + next(60000);
    length = length < size - at ? length : size - at;
    switch (next(8)) {
      case 0: at += noise(out + at, length / 8 + 1); break;
      case 1:
      case 2: at += length > 48 ? table(out + at, length) : text(out + at, length); break;
      case 3:
        length = length < at ? length : at;
        memcpy(out + at, out + next((uint32_t)(at - length) + 1), length);
        at += length;
        break;
      default: at += text(out + at, length);
    }
  }
  return fwrite(out, 1, size, stdout) == size ? 0 : 1;
}
