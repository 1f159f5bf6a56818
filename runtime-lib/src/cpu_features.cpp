#include "cpu_features.h"

#include <algorithm>

namespace wasmc::detail {

MissingFeatures findMissingFeatures(std::span<const std::string_view> needed) {
  MissingFeatures result;
  const std::span<const CpuFeature> known = knownCpuFeatures();
  for (std::string_view name : needed) {
    const auto found = std::ranges::find(known, name, &CpuFeature::name);
    if (found == known.end())
      result.unknown.push_back(name);
    else if (!found->present)
      result.missing.push_back(name);
  }
  return result;
}

std::vector<std::string_view> presentFeatures() {
  std::vector<std::string_view> names;
  for (const CpuFeature& feature : knownCpuFeatures())
    if (feature.present) names.push_back(feature.name);
  std::ranges::sort(names);
  return names;
}

}  // namespace wasmc::detail
