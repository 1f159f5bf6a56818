// The compiler for the C API: a program that links this library has a wasm_module_new that compiles.
#include <wasmc.h>
#include <wasmc/compiler.h>

#include <span>
#include <string>

namespace {

using namespace wasmc::compiler;

std::span<const uint8_t> bytesOf(const wasm_byte_vec_t& vector) {
  return {reinterpret_cast<const uint8_t*>(vector.data), vector.size};
}

// In a child process, so that nothing that happens to the compiler happens to the program.
bool compileModule(const wasm_byte_vec_t* binary, wasm_byte_vec_t* artifact, wasm_message_t* message) {
  const auto result = compileInChild(bytesOf(*binary), {});
  if (!result) {
    wasm_name_new_from_string_nt(message, result.error().describe("module").c_str());
    return false;
  }
  wasm_byte_vec_new(artifact, result->size(), reinterpret_cast<const char*>(result->data()));
  return true;
}

bool validateModule(const wasm_byte_vec_t* binary, wasm_message_t* message) {
  const auto result = validateInChild(bytesOf(*binary), {});
  if (!result) wasm_name_new_from_string_nt(message, result.error().describe("module").c_str());
  return result.has_value();
}

}  // namespace

// The name that the linker is told to look for, so that it takes this file from the archive.
extern "C" const wasmc_compiler_t wasmc_c_compiler;
const wasmc_compiler_t wasmc_c_compiler = {compileModule, validateModule};

namespace {

[[gnu::constructor]] void use() { wasmc_set_compiler(&wasmc_c_compiler); }

}  // namespace
