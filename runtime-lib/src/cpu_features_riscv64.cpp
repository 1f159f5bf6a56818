#if defined(__riscv)

#include <unistd.h>

#include <array>
#include <cstdint>

#include "cpu_features.h"

namespace wasmc::detail {
namespace {

// What all CPUs of the machine have. Kernels before 6.4 do not say; then it is the baseline.
uint64_t instructionSet() {
  struct Pair {
    int64_t key;
    uint64_t value;
  };
  constexpr long kRiscvHwprobe = 258;  // <asm/unistd.h> of Debian 12 does not have it yet
  constexpr int64_t kImaExt0 = 4;
  Pair pair = {kImaExt0, 0};
  if (syscall(kRiscvHwprobe, &pair, 1, 0, nullptr, 0) != 0) return 0;
  return pair.key == kImaExt0 ? pair.value : 0;  // a kernel that does not know the key makes it -1
}

bool present(uint64_t bits) {
  static const uint64_t instruction_set = instructionSet();
  return (instruction_set & bits) == bits;
}

}  // namespace

std::span<const CpuFeature> knownCpuFeatures() {
  static const std::array kFeatures = std::to_array<CpuFeature>({
#define WASMC_CPU_FEATURE(name, bits) {name, present(bits)},
#define WASMC_CPU_BASELINE(name) {name, true},
#include "cpu_features_riscv64.def"
  });
  return kFeatures;
}

}  // namespace wasmc::detail

#endif
