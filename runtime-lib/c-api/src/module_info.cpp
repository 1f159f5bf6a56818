// What a module says of itself.
#include <wasmc.h>
#include <wasmc/module_signature.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "objects.h"
#include "types.h"

using namespace wasmc::capi;

namespace {

std::string_view viewOf(const wasmc_text_t& text) { return {text.data, text.size}; }

}  // namespace

wasm_module_t* wasmc_instance_module(const wasm_instance_t* instance) {
  auto object = std::make_shared<ModuleObject>(instanceOf(instance).module());
  return static_cast<wasm_module_t*>(makeRef(instance->hold, std::move(object)));
}

void wasmc_module_name(const wasm_module_t* module, wasm_name_t* out) {
  *out = makeName(moduleOf(module).name());
}
void wasmc_module_target(const wasm_module_t* module, wasm_name_t* out) {
  *out = makeName(moduleOf(module).target());
}
void wasmc_module_compiler(const wasm_module_t* module, wasm_name_t* out) {
  *out = makeName(moduleOf(module).compiler());
}
void wasmc_module_features(const wasm_module_t* module, wasm_name_t* out) {
  std::string list;
  for (const std::string& feature : moduleOf(module).wasmFeatures())
    list += (list.empty() ? "" : " ") + feature;
  *out = makeName(list);
}
void wasmc_module_source_hash(const wasm_module_t* module, uint8_t out[32]) {
  std::ranges::copy(moduleOf(module).sourceHash(), out);
}

size_t wasmc_module_func_count(const wasm_module_t* module) { return moduleOf(module).functionCount(); }
wasm_functype_t* wasmc_module_func_type(const wasm_module_t* module, size_t index) {
  if (index >= moduleOf(module).functionCount()) return nullptr;
  return new wasm_functype_t(moduleOf(module).function(static_cast<uint32_t>(index)).type);
}
bool wasmc_module_func_name(const wasm_module_t* module, size_t index, wasm_name_t* out) {
  if (index >= moduleOf(module).functionCount()) return false;
  *out = makeName(moduleOf(module).function(static_cast<uint32_t>(index)).name);
  return true;
}

size_t wasmc_module_custom_section_count(const wasm_module_t* module) {
  return moduleOf(module).customSections().size();
}
bool wasmc_module_custom_section(const wasm_module_t* module, size_t index, wasm_name_t* name,
                                 wasm_byte_vec_t* bytes) {
  const std::vector<wasmc::CustomSection> sections = moduleOf(module).customSections();
  if (index >= sections.size()) return false;
  *name = makeName(sections[index].name);
  wasm_byte_vec_new(bytes, sections[index].bytes.size(),
                    reinterpret_cast<const char*>(sections[index].bytes.data()));
  return true;
}

bool wasmc_module_check(const wasm_module_t* module, const wasmc_module_signature_t* signature) {
  std::vector<wasmc::ModuleSignature::Item> items;
  for (size_t i = 0; i < signature->count; ++i) {
    const wasmc_signature_item_t& item = signature->items[i];
    items.push_back({item.import, viewOf(item.module), viewOf(item.name), viewOf(item.type)});
  }
  wasmc::ModuleSignature typed = {viewOf(signature->name), {}, items};
  std::ranges::copy(signature->source_hash, typed.source_hash.begin());
  const wasmc::Result<void> checked = typed.check(moduleOf(module));
  if (!checked) setLastError(checked.error());
  return checked.has_value();
}
