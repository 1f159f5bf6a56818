// A megabyte of initialised memory, for what an instance of it costs.
#include <stdint.h>

#define X4(...) __VA_ARGS__, __VA_ARGS__, __VA_ARGS__, __VA_ARGS__
#define X16(...) X4(X4(__VA_ARGS__))
#define X256(...) X16(X16(__VA_ARGS__))
#define X4096(...) X16(X256(__VA_ARGS__))

static uint64_t data[1 << 17] = {X4096(X16(0x0706050403020100)), X4096(X16(0x0f0e0d0c0b0a0908))};

// Writes to one page.
__attribute__((export_name("touch"))) uint64_t touch(uint32_t i) { return data[i & ((1 << 17) - 1)]++; }
