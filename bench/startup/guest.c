// What the start-up benchmark calls.
#include <stdint.h>

#define EXPORT(name) __attribute__((export_name(#name)))

__attribute__((import_module("host"), import_name("add"))) int32_t host_add(int32_t a, int32_t b);

EXPORT(add) int32_t add(int32_t a, int32_t b) { return a + b; }

EXPORT(call_host) int32_t call_host(int32_t count) {
  int32_t sum = 0;
  while (count-- > 0) {
    sum = host_add(sum, count);
  }
  return sum;
}

EXPORT(trap) void trap(void) { __builtin_trap(); }

// Data and bss of a usual size, so that instantiation has something to map.
static int32_t data[16384] = {1, 2, 3};
static int32_t zeroes[65536];

EXPORT(touch) int32_t touch(int32_t i) { return data[i & 16383]++ + zeroes[i & 65535]++; }
