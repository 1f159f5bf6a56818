// What each kernel starts with: `KERNEL(name) { … }` defines a function of a size that returns a checksum of
// all its work. In a guest it is an export; in native builds its name begins with the variant's, so that
// several link together.
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __wasm__
#define KERNEL(name) __attribute__((export_name(#name))) uint64_t name(uint32_t size)
#else
#define KERNEL_PASTE(variant, name) variant##_##name
#define KERNEL_NAME(variant, name) KERNEL_PASTE(variant, name)
#define KERNEL(name)                                  \
  uint64_t KERNEL_NAME(VARIANT, name)(uint32_t size); \
  uint64_t KERNEL_NAME(VARIANT, name)(uint32_t size)
#endif

// Small and good enough, and the same everywhere.
static inline uint32_t kernel_random(uint32_t* state) {
  *state ^= *state << 13;
  *state ^= *state >> 17;
  *state ^= *state << 5;
  return *state;
}

static inline uint64_t kernel_bits(double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}
