// CRC-32 by table, a byte at a time: dependent loads from a small table.
#include "kernel.h"

static uint32_t table[256];
static uint8_t data[1 << 16];

static void prepare(void) {
  for (uint32_t i = 0; i < 256; i++) {
    uint32_t value = i;
    for (int bit = 0; bit < 8; bit++) {
      value = value & 1 ? value >> 1 ^ 0xedb88320 : value >> 1;
    }
    table[i] = value;
  }
  uint32_t seed = 1;
  for (size_t i = 0; i < sizeof data; i++) {
    data[i] = (uint8_t)kernel_random(&seed);
  }
}

KERNEL(crc32) {
  if (table[1] == 0) {
    prepare();
  }
  uint32_t crc = 0xffffffff;
  for (uint32_t i = 0; i < size; i++) {
    crc = table[(crc ^ data[i % sizeof data]) & 0xff] ^ crc >> 8;
  }
  return ~crc;
}
