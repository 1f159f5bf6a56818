// Modules: compiled by what the process has as a compiler, or loaded.
#include <wasmc.h>

#include <atomic>
#include <span>

#include "objects.h"
#include "types.h"

namespace wasmc::capi {
namespace {

std::atomic<const wasmc_compiler_t*> the_compiler = nullptr;

std::span<const uint8_t> bytesOf(const wasm_byte_vec_t& vector) {
  return {reinterpret_cast<const uint8_t*>(vector.data), vector.size};
}

wasm_module_t* makeModule(wasm_store_t* store, Result<Module> module) {
  if (!module) {
    setLastError(std::move(module).error());
    return nullptr;
  }
  auto object = std::make_shared<ModuleObject>(*std::move(module));
  return static_cast<wasm_module_t*>(makeRef(store->hold, std::move(object)));
}

// None, and the last error set, if the process has none.
const wasmc_compiler_t* compiler(const char* what) {
  const wasmc_compiler_t* found = the_compiler.load();
  if (!found)
    setLastError(
        {ErrorCode::Unsupported,
         std::string(what) +
             ": no compiler is linked into this program; link wasmc::c-compiler, or compile the module "
             "with the tool wasmc and load the artifact with wasm_module_deserialize",
         std::nullopt, 0});
  return found;
}

// Takes the message over.
void setCompileError(wasm_message_t* message) {
  const size_t length =
      message->size > 0 && message->data[message->size - 1] == 0 ? message->size - 1 : message->size;
  setLastError({ErrorCode::Compile, std::string(message->data, length), std::nullopt, 0});
  wasm_name_delete(message);
}

}  // namespace
}  // namespace wasmc::capi

using namespace wasmc::capi;
using wasmc::Module;

void wasmc_set_compiler(const wasmc_compiler_t* compiler) { the_compiler = compiler; }

wasm_module_t* wasm_module_new(wasm_store_t* store, const wasm_byte_vec_t* binary) {
  const wasmc_compiler_t* found = compiler("wasm_module_new");
  if (!found) return nullptr;
  wasm_byte_vec_t artifact = {};
  wasm_message_t message = {};
  if (!found->compile(binary, &artifact, &message)) {
    setCompileError(&message);
    return nullptr;
  }
  wasm_module_t* module = wasm_module_deserialize(store, &artifact);
  wasm_byte_vec_delete(&artifact);
  return module;
}

bool wasm_module_validate(wasm_store_t*, const wasm_byte_vec_t* binary) {
  const wasmc_compiler_t* found = compiler("wasm_module_validate");
  if (!found) return false;
  wasm_message_t message = {};
  const bool valid = found->validate(binary, &message);
  if (!valid) setCompileError(&message);
  return valid;
}

wasm_module_t* wasm_module_deserialize(wasm_store_t* store, const wasm_byte_vec_t* artifact) {
  return makeModule(store, Module::fromBytes(store->hold.box()->store.engine(), bytesOf(*artifact)));
}

wasm_module_t* wasmc_module_load(wasm_store_t* store, const char* path) {
  return makeModule(store, Module::load(store->hold.box()->store.engine(), path));
}

wasm_module_t* wasmc_module_from_descriptor(wasm_store_t* store, const void* descriptor) {
  const auto* typed = static_cast<const wasmc::abi::Descriptor*>(descriptor);
  return makeModule(store, Module::fromDescriptor(store->hold.box()->store.engine(), typed));
}

void wasm_module_serialize(const wasm_module_t* module, wasm_byte_vec_t* out) {
  const wasmc::Result<std::vector<uint8_t>> bytes = moduleOf(module).serialize();
  if (!bytes) setLastError(bytes.error());
  wasm_byte_vec_new(out, bytes ? bytes->size() : 0,
                    bytes ? reinterpret_cast<const char*>(bytes->data()) : nullptr);
}

void wasm_module_imports(const wasm_module_t* module, wasm_importtype_vec_t* out) {
  const std::vector<wasmc::ImportType> imports = moduleOf(module).imports();
  wasm_importtype_vec_new_uninitialized(out, imports.size());
  for (size_t i = 0; i < imports.size(); ++i)
    out->data[i] = new wasm_importtype_t(makeName(imports[i].module), makeName(imports[i].name),
                                         makeExternType(imports[i].type));
}

void wasm_module_exports(const wasm_module_t* module, wasm_exporttype_vec_t* out) {
  const std::vector<wasmc::ExportType> exports = moduleOf(module).exports();
  wasm_exporttype_vec_new_uninitialized(out, exports.size());
  for (size_t i = 0; i < exports.size(); ++i)
    out->data[i] = new wasm_exporttype_t(makeName(exports[i].name), makeExternType(exports[i].type));
}

wasm_shared_module_t* wasm_module_share(const wasm_module_t* module) {
  return new wasm_shared_module_t{moduleOf(module)};
}
wasm_module_t* wasm_module_obtain(wasm_store_t* store, const wasm_shared_module_t* shared) {
  return makeModule(store, shared->module);
}
void wasm_shared_module_delete(wasm_shared_module_t* shared) { delete shared; }
