// Whether this machine can run an artifact's code. Features have LLVM's names.
#ifndef WASMC_CPU_FEATURES_H
#define WASMC_CPU_FEATURES_H

#include <span>
#include <string_view>
#include <vector>

namespace wasmc::detail {

// A feature that this library knows to look for.
struct CpuFeature {
  std::string_view name;
  bool present;  // this CPU and its operating system have it
};

// Of the machine that this runs on: cpu_features_<name>.cpp.
std::span<const CpuFeature> knownCpuFeatures();

struct MissingFeatures {
  std::vector<std::string_view> missing;  // this CPU, or its operating system, does not have them
  std::vector<std::string_view> unknown;  // this library does not know how to look for them
};

// Which of these features are not known to be here.
MissingFeatures findMissingFeatures(std::span<const std::string_view> needed);

// All that are known to be here.
std::vector<std::string_view> presentFeatures();

}  // namespace wasmc::detail

#endif  // WASMC_CPU_FEATURES_H
