#if defined(__x86_64__)

#include <cpuid.h>

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "cpu_features.h"

namespace wasmc::detail {
namespace {

enum Register : uint8_t { EAX, EBX, ECX, EDX };
// Bits of XCR0: state that the operating system saves.
enum State : uint64_t { NONE = 0, YMM = 0x6, ZMM = 0xe6, TILE = 0x60000 };

struct Feature {
  std::string_view name;
  uint32_t leaf;  // 0: always there
  uint32_t subleaf;
  Register result;
  unsigned bit;
  State state;
};

constexpr Feature kFeatures[] = {
#define WASMC_CPU_FEATURE(name, leaf, subleaf, result, bit, state) {name, leaf, subleaf, result, bit, state},
#define WASMC_CPU_BASELINE(name) {name, 0, 0, EAX, 0, NONE},
#include "cpu_features.def"
};

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

bool present(const Feature& feature, uint64_t saved_state) {
  if (feature.leaf == 0) return true;
  uint32_t regs[4] = {};
  if (!__get_cpuid_count(feature.leaf, feature.subleaf, &regs[EAX], &regs[EBX], &regs[ECX], &regs[EDX]))
    return false;
  return ((regs[feature.result] >> feature.bit) & 1) && (saved_state & feature.state) == feature.state;
}

}  // namespace

MissingFeatures findMissingFeatures(std::span<const std::string_view> needed) {
  MissingFeatures result;
  const uint64_t saved_state = savedState();
  for (std::string_view name : needed) {
    const auto* found = std::find_if(std::begin(kFeatures), std::end(kFeatures),
                                     [&](const Feature& feature) { return feature.name == name; });
    if (found == std::end(kFeatures))
      result.unknown.emplace_back(name);
    else if (!present(*found, saved_state))
      result.missing.emplace_back(name);
  }
  return result;
}

std::string_view hostArchitecture() { return "x86_64"; }

}  // namespace wasmc::detail

#endif
