#if defined(__aarch64__)

#include <sys/auxv.h>

#include <array>
#include <cstdint>

#include "cpu_features.h"

namespace wasmc::detail {
namespace {

bool present(unsigned long vector, uint64_t bits) { return (getauxval(vector) & bits) == bits; }

}  // namespace

std::span<const CpuFeature> knownCpuFeatures() {
  static const std::array kFeatures = std::to_array<CpuFeature>({
#define WASMC_CPU_FEATURE(name, vector, bits) {name, present(vector, bits)},
#include "cpu_features_aarch64.def"
  });
  return kFeatures;
}

}  // namespace wasmc::detail

#endif
