// Whether this machine can run an artifact's code.
#ifndef WASMC_CPU_FEATURES_H
#define WASMC_CPU_FEATURES_H

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wasmc::detail {

struct MissingFeatures {
  std::vector<std::string> missing;  // this CPU, or its operating system, does not have them
  std::vector<std::string> unknown;  // this library does not know how to look for them
};

// Which of these features (LLVM's names) are not known to be here.
MissingFeatures findMissingFeatures(std::span<const std::string_view> needed);

// The architecture as the first part of a target triple: "x86_64".
std::string_view hostArchitecture();

}  // namespace wasmc::detail

#endif  // WASMC_CPU_FEATURES_H
