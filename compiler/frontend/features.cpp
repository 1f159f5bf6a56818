#include "frontend/features.h"

#include <array>

namespace wasmc::compiler {
namespace {

struct FeatureRow {
  std::string_view flag;
  bool supported;
};

constexpr std::array kRows = {
#define WASMC_FEATURE(Name, flag, supported, since) FeatureRow{flag, supported},
#include "frontend/features.def"
};

}  // namespace

FeatureSet::FeatureSet() {
  for (size_t i = 0; i < kRows.size(); ++i) bits_[i] = kRows[i].supported;
}

std::optional<Feature> featureByFlag(std::string_view flag) {
  for (size_t i = 0; i < kRows.size(); ++i)
    if (kRows[i].flag == flag) return static_cast<Feature>(i);
  return std::nullopt;
}

std::string_view featureFlag(Feature f) { return kRows[static_cast<size_t>(f)].flag; }

bool featureSupported(Feature f) { return kRows[static_cast<size_t>(f)].supported; }

}  // namespace wasmc::compiler
