#include "guest.h"

#include <wasmc/compiler.h>

namespace wasmc::test {

std::vector<char> assemble(std::string_view wat) {
  const auto wasm = compiler::assemble(wat, {});
  EXPECT_TRUE(wasm) << wasm.error().describe("test.wat");
  return wasm ? std::vector<char>(wasm->begin(), wasm->end()) : std::vector<char>();
}

std::string messageOf(const wasm_trap_t* trap) {
  Bytes message;
  wasm_trap_message(trap, &message.vec);
  return message.vec.data;
}

Module CApi::load(std::string_view wat) const {
  std::vector<char> wasm = assemble(wat);
  const wasm_byte_vec_t binary = {wasm.size(), wasm.data()};
  Module module(wasm_module_new(store.get(), &binary));
  EXPECT_TRUE(module) << wasmc_last_error();
  return module;
}

Module CApi::loadWith(std::string_view wat, std::string_view options) const {
  const std::vector<char> wasm = assemble(wat);
  compiler::CompileOptions compile;
  compile.fuel = options.contains("--fuel");
  compile.epochs = options.contains("--epochs");
  auto compiled = compiler::compile({reinterpret_cast<const uint8_t*>(wasm.data()), wasm.size()}, compile);
  EXPECT_TRUE(compiled);
  const wasm_byte_vec_t artifact = {compiled->bytes.size(), reinterpret_cast<char*>(compiled->bytes.data())};
  Module module(wasm_module_deserialize(store.get(), &artifact));
  EXPECT_TRUE(module) << wasmc_last_error();
  return module;
}

Instance CApi::instantiate(std::string_view wat, std::vector<wasm_extern_t*> imports) const {
  const Module module = load(wat);
  const wasm_extern_vec_t vector = {imports.size(), imports.data()};
  Instance instance(wasm_instance_new(store.get(), module.get(), &vector, nullptr));
  EXPECT_TRUE(instance) << wasmc_last_error();
  return instance;
}

std::vector<wasm_val_t> call(const wasm_func_t* func, std::vector<wasm_val_t> args, size_t results) {
  std::vector<wasm_val_t> values(results);
  const wasm_val_vec_t in = {args.size(), args.data()};
  wasm_val_vec_t out = {results, values.data()};
  const Trap trap(wasm_func_call(func, &in, &out));
  EXPECT_FALSE(trap) << messageOf(trap.get());
  return values;
}

int32_t callI32(const wasm_func_t* func, std::vector<wasm_val_t> args) {
  return call(func, std::move(args), 1)[0].of.i32;
}

Trap callTrap(const wasm_func_t* func, std::vector<wasm_val_t> args, size_t results) {
  std::vector<wasm_val_t> values(results);
  const wasm_val_vec_t in = {args.size(), args.data()};
  wasm_val_vec_t out = {results, values.data()};
  Trap trap(wasm_func_call(func, &in, &out));
  EXPECT_TRUE(trap);
  return trap;
}

}  // namespace wasmc::test
