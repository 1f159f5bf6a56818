// Which proposals a module may use.
#ifndef WASMC_COMPILER_FRONTEND_FEATURES_H
#define WASMC_COMPILER_FRONTEND_FEATURES_H

#include <bitset>
#include <cstddef>
#include <optional>
#include <string_view>

namespace wasmc::compiler {

enum class Feature {
#define WASMC_FEATURE(Name, flag, supported, since) Name,
#include "frontend/features.def"
  Count
};

class FeatureSet {
 public:
  FeatureSet();  // all that are supported
  bool has(Feature f) const { return bits_[static_cast<size_t>(f)]; }
  void set(Feature f, bool on) { bits_[static_cast<size_t>(f)] = on; }

 private:
  std::bitset<static_cast<size_t>(Feature::Count)> bits_;
};

std::optional<Feature> featureByFlag(std::string_view flag);
std::string_view featureFlag(Feature f);
bool featureSupported(Feature f);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_FRONTEND_FEATURES_H
