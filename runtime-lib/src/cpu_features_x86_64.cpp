#if defined(__x86_64__)

#include <cpuid.h>

#include <array>
#include <cstdint>

#include "cpu_features.h"

namespace wasmc::detail {
namespace {

enum Register : uint8_t { EAX, EBX, ECX, EDX };
// Bits of XCR0: state that the operating system saves.
enum State : uint64_t { NONE = 0, YMM = 0x6, ZMM = 0xe6, TILE = 0x60000 };

// xgetbv, as an instruction: the intrinsic would need a compiler option for the whole file.
uint64_t savedState() {
  uint32_t regs[4] = {};
  constexpr uint32_t kOsxsave = 1u << 27;
  if (!__get_cpuid(1, &regs[EAX], &regs[EBX], &regs[ECX], &regs[EDX]) || !(regs[ECX] & kOsxsave)) return 0;
  uint32_t low = 0;
  uint32_t high = 0;
  asm volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return uint64_t{high} << 32 | low;
}

bool present(uint32_t leaf, uint32_t subleaf, Register result, unsigned bit, State state) {
  static const uint64_t saved_state = savedState();
  uint32_t regs[4] = {};
  if (!__get_cpuid_count(leaf, subleaf, &regs[EAX], &regs[EBX], &regs[ECX], &regs[EDX])) return false;
  return ((regs[result] >> bit) & 1) && (saved_state & state) == state;
}

}  // namespace

std::span<const CpuFeature> knownCpuFeatures() {
  static const std::array kFeatures = std::to_array<CpuFeature>({
#define WASMC_CPU_FEATURE(name, leaf, subleaf, result, bit, state) \
  {name, present(leaf, subleaf, result, bit, state)},
#define WASMC_CPU_BASELINE(name) {name, true},
#include "cpu_features_x86_64.def"
  });
  return kFeatures;
}

}  // namespace wasmc::detail

#endif
