// Refuses what the user did not enable, names what this build can not read, and records what a module uses.
#ifndef WASMC_COMPILER_FRONTEND_FEATURE_GATE_H
#define WASMC_COMPILER_FRONTEND_FEATURE_GATE_H

#include "frontend/features.h"
#include "frontend/opcode.h"

#include <bitset>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wasmc::compiler {

class FeatureGate {
 public:
  explicit FeatureGate(const FeatureSet& enabled) : enabled_(enabled) {}

  // Notes that the module uses `feature`. Where that is not enabled, the message that says so.
  std::optional<std::string> use(Feature feature, std::string_view what);
  bool enabled(Feature feature) const { return enabled_.has(feature); }
  std::vector<std::string> used() const;

 private:
  FeatureSet enabled_;
  std::bitset<static_cast<size_t>(Feature::Count)> used_;
};

// The message that says that a module uses a feature that is not enabled, or not supported at all.
std::string refusal(Feature feature, std::string_view what);

// The proposal that added an instruction; nothing for those of WebAssembly 1.0.
std::optional<Feature> opcodeFeature(Opcode op);

// Why the instruction, value type, or form of type that begins with these bytes can not be read: the
// proposal's name where it is known, else that it does not exist.
std::string explainOpcode(std::span<const uint8_t> bytes);
std::optional<std::string> explainValueType(uint8_t code);
std::optional<std::string> explainTypeForm(uint8_t code);
std::string hex(uint64_t value);  // "0x0b"
std::string cannotRead(std::string_view proposal, std::string_view what);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_FRONTEND_FEATURE_GATE_H
