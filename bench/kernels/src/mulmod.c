// Products of field elements modulo 2^255 - 19: 64 x 64 -> 128 bit products, which wasm lacks.
#include "kernel.h"

typedef unsigned __int128 u128;
typedef struct {
  uint64_t limb[5];
} Element;

static const uint64_t mask = (1ull << 51) - 1;

static Element multiply(const Element *x, const Element *y) {
  const uint64_t *a = x->limb, *b = y->limb;
  u128 r0 = (u128)a[0] * b[0] + (u128)(a[1] * 19) * b[4] + (u128)(a[2] * 19) * b[3] + (u128)(a[3] * 19) * b[2] +
            (u128)(a[4] * 19) * b[1];
  u128 r1 = (u128)a[0] * b[1] + (u128)a[1] * b[0] + (u128)(a[2] * 19) * b[4] + (u128)(a[3] * 19) * b[3] +
            (u128)(a[4] * 19) * b[2];
  u128 r2 = (u128)a[0] * b[2] + (u128)a[1] * b[1] + (u128)a[2] * b[0] + (u128)(a[3] * 19) * b[4] +
            (u128)(a[4] * 19) * b[3];
  u128 r3 = (u128)a[0] * b[3] + (u128)a[1] * b[2] + (u128)a[2] * b[1] + (u128)a[3] * b[0] + (u128)(a[4] * 19) * b[4];
  u128 r4 = (u128)a[0] * b[4] + (u128)a[1] * b[3] + (u128)a[2] * b[2] + (u128)a[3] * b[1] + (u128)a[4] * b[0];
  r1 += (uint64_t)(r0 >> 51);
  r2 += (uint64_t)(r1 >> 51);
  r3 += (uint64_t)(r2 >> 51);
  r4 += (uint64_t)(r3 >> 51);
  uint64_t low = ((uint64_t)r0 & mask) + (uint64_t)(r4 >> 51) * 19;
  return (Element){{low & mask, ((uint64_t)r1 & mask) + (low >> 51), (uint64_t)r2 & mask, (uint64_t)r3 & mask,
                    (uint64_t)r4 & mask}};
}

KERNEL(mulmod) {
  Element x = {{1, 2, 3, 4, 5}}, y = {{0x123456789abcd, 7, 0x7ffffffffffff, 99, 0x3141592653589}};
  for (uint32_t i = 0; i < size; i++) {
    x = multiply(&x, &y);
    y.limb[i % 5] ^= x.limb[0] & 0xffff;
  }
  return x.limb[0] ^ x.limb[1] << 3 ^ x.limb[2] << 6 ^ x.limb[3] << 9 ^ x.limb[4] << 12;
}
