#include "frontend/frontend.h"

#include "frontend/body_reader.h"
#include "frontend/feature_gate.h"
#include "frontend/module_reader.h"
#include "frontend/names.h"
#include "frontend/reachable.h"
#include "frontend/sections.h"
#include "frontend/validator.h"

#include <algorithm>
#include <array>
#include <new>

namespace wasmc::compiler {
namespace {

// Bodies are copied to be read (see body_reader.cpp): this many bytes at a time.
constexpr size_t kValidationBatch = 1 << 20;

// Validates all bodies, in batches.
std::optional<Diagnostic> validateBodies(Module& module, FeatureGate& gate, bool has_data_count) {
  Validator validator(module, gate, has_data_count);
  const auto total = static_cast<uint32_t>(module.functions.size());
  for (uint32_t first = module.imported_functions; first < total;) {
    uint32_t next = first;
    size_t size = 0;
    while (next < total && size < kValidationBatch) size += module.functions[next++].body_size;
    if (auto bad = readBodies(module, gate.enabled(Feature::MultiMemory), first, next - first, validator))
      return bad;
    if (auto bad = validator.takeError()) return bad;
    first = next;
  }
  std::ranges::sort(module.rethrown);
  return std::nullopt;
}

Result<Module> readModuleUnguarded(std::span<const uint8_t> bytes, const FeatureSet& features) {
  auto sections = readSections(bytes);
  if (!sections) return std::unexpected(std::move(sections.error()));
  Module module;
  module.bytes = bytes;
  FeatureGate gate(features);
  if (auto bad = readOutline(module, *sections, gate)) return std::unexpected(std::move(*bad));
  if (auto bad = validateBodies(module, gate, sections->find(SectionId::DataCount) != nullptr))
    return std::unexpected(std::move(*bad));
  if (const Section* code = sections->find(SectionId::Code)) module.code_offset = code->begin;
  module.custom_sections = std::move(sections->custom);
  module.features_used = gate.used();
  readNames(module);
  return module;
}

}  // namespace

bool looksBinary(std::span<const uint8_t> bytes) {
  constexpr std::array<uint8_t, 4> kMagic = {0x00, 0x61, 0x73, 0x6d};
  return bytes.size() >= kMagic.size() && std::equal(kMagic.begin(), kMagic.end(), bytes.begin());
}

Result<Module> readModule(std::span<const uint8_t> bytes, const FeatureSet& features) {
  try {
    return readModuleUnguarded(bytes, features);
  } catch (const std::bad_alloc&) {
    return error("not enough memory to read the module of " + std::to_string(bytes.size()) + " bytes");
  }
}

void visitFunctions(const Module& module, const FeatureSet& features, uint32_t first, uint32_t count,
                    FunctionVisitor& visitor) {
  ReachableInstrs reachable(visitor);
  (void)readBodies(module, features.has(Feature::MultiMemory), first, count, reachable);
}

}  // namespace wasmc::compiler
