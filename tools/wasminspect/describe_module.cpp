#include "contents.h"
#include "frontend/sections.h"

namespace wasmc::inspect {
namespace {

class ModuleSource {
 public:
  explicit ModuleSource(const compiler::Module& module) : module_(module) {}

  const auto& types() const { return module_.types; }
  const auto& imports() const { return module_.imports; }
  const auto& exports() const { return module_.exports; }
  const auto& functions() const { return module_.functions; }
  const auto& tables() const { return module_.tables; }
  const auto& memories() const { return module_.memories; }
  const auto& globals() const { return module_.globals; }
  const auto& tags() const { return module_.tags; }
  const auto& dataSegments() const { return module_.data_segments; }
  const auto& elemSegments() const { return module_.elem_segments; }
  const auto& start() const { return module_.start; }
  uint32_t importedFunctions() const { return module_.imported_functions; }

  std::string_view text(const std::string& s) const { return s; }
  template <typename T>
  std::span<const T> array(const std::vector<T>& list) const {
    return list;
  }
  const abi::Limits& memoryLimits(uint32_t i) const { return module_.memories[i].type.limits; }
  uint32_t tagType(uint32_t i) const { return module_.tags[i].type; }
  static std::optional<uint64_t> codeSize(uint32_t) { return std::nullopt; }
  uint64_t dataSize(const compiler::DataSegment& s) const { return s.bytes.size(); }
  uint64_t elementCount(const compiler::ElemSegment& s) const { return s.elements.size(); }

 private:
  const compiler::Module& module_;
};

}  // namespace

namespace {

void addSections(const compiler::Module& module, Json& out) {
  out["sections"] = Json::array();
  // A module that was read has sections that can be read.
  const auto sections = compiler::readSections(module.bytes);
  for (const compiler::Section& s : sections->known)
    out["sections"].push_back({{"name", compiler::sectionName(s.id)}, {"size", s.end - s.begin}});
  out["custom_sections"] = Json::array();
  for (const compiler::CustomSection& s : module.custom_sections)
    out["custom_sections"].push_back({{"name", s.name}, {"size", s.bytes.size()}});
}

}  // namespace

Json describeModule(const compiler::Module& module) {
  Json out;
  out["kind"] = "module";
  out["name"] = module.name;
  out["size"] = module.bytes.size();
  out["wasm_features"] = module.features_used;
  Contents(ModuleSource(module)).addTo(out);
  addSections(module, out);
  return out;
}

}  // namespace wasmc::inspect
