#include "observation.h"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <cstring>

namespace wasmc::differential {

std::string hex(uint64_t value, int digits) {
  char text[32];
  std::snprintf(text, sizeof(text), "0x%0*lx", digits, value);
  return text;
}

std::string describe(Type type, uint64_t bits) {
  switch (type) {
    case Type::I32: return "i32:" + std::to_string(static_cast<int32_t>(bits));
    case Type::I64: return "i64:" + std::to_string(static_cast<int64_t>(bits));
    case Type::F32:
      if ((bits & 0x7fffffff) > 0x7f800000) return "f32:nan";
      return "f32:" + hex(static_cast<uint32_t>(bits), 8);
    case Type::F64:
      if ((bits & ~(uint64_t{1} << 63)) > 0x7ff0000000000000) return "f64:nan";
      return "f64:" + hex(bits, 16);
    default: return bits ? "ref" : "null";
  }
}

std::string describeMemory(std::string_view name, std::span<const uint8_t> bytes) {
  uint32_t hash = 0;
  for (size_t i = 0; i + 4 <= bytes.size(); i += 4) {
    uint32_t word = 0;
    std::memcpy(&word, &bytes[i], 4);
    hash = (hash ^ word) * 0x9e3779b1;
    hash ^= hash >> 15;
  }
  return std::string(name) + ' ' + std::to_string(bytes.size() / 65536) + " pages " + hex(hash, 8);
}

std::string toText(const Run& run) {
  nlohmann::json steps = nlohmann::json::array();
  for (const Observation& step : run.steps)
    steps.push_back({{"outcome", step.outcome}, {"logs", step.logs}, {"state", step.state}});
  nlohmann::json all = {{"steps", steps}};
  if (!run.unusable.empty()) all["unusable"] = run.unusable;
  return all.dump();
}

Run fromText(const std::string& text) {
  const nlohmann::json all = nlohmann::json::parse(text);
  if (all.contains("unusable")) return {all["unusable"], {}};
  Run run;
  for (const nlohmann::json& step : all["steps"]) {
    Observation observation;
    observation.outcome = step["outcome"];
    observation.logs = step["logs"];
    observation.state = step["state"];
    run.steps.push_back(std::move(observation));
  }
  return run;
}

}  // namespace wasmc::differential
