// Modules of the C API: compiled, loaded, described, shared.
#include <algorithm>
#include <thread>

#include "guest.h"

namespace wasmc::test {
namespace {

constexpr char kAnswer[] = R"((module (func (export "answer") (result i32) (i32.const 42))))";

int32_t answerOf(wasm_store_t* store, const wasm_module_t* module) {
  const Instance instance(wasm_instance_new(store, module, nullptr, nullptr));
  EXPECT_TRUE(instance) << wasmc_last_error();
  Externs exports;
  wasm_instance_exports(instance.get(), &exports.vec);
  return callI32(func(exports, 0));
}

TEST_F(CApi, CompilesAModule) { EXPECT_EQ(answerOf(store.get(), load(kAnswer).get()), 42); }

TEST_F(CApi, AnInvalidModuleIsRefusedWithTheReason) {
  std::vector<char> wasm = assemble(kAnswer);
  *std::ranges::find(wasm, 0x41) = 0x42;  // i64.const where an i32 is returned
  const wasm_byte_vec_t binary = {wasm.size(), wasm.data()};
  EXPECT_FALSE(wasm_module_validate(store.get(), &binary));
  EXPECT_FALSE(wasm_module_new(store.get(), &binary));
  EXPECT_EQ(wasmc_last_error_code(), WASMC_ERROR_Compile);
  EXPECT_TRUE(std::string(wasmc_last_error()).starts_with("module:0x")) << wasmc_last_error();
}

TEST_F(CApi, AValidModuleIsValid) {
  std::vector<char> wasm = assemble(kAnswer);
  const wasm_byte_vec_t binary = {wasm.size(), wasm.data()};
  EXPECT_TRUE(wasm_module_validate(store.get(), &binary)) << wasmc_last_error();
}

extern "C" const wasmc_compiler_t wasmc_c_compiler;

TEST_F(CApi, WithoutACompilerTheErrorSaysWhatToDo) {
  std::vector<char> wasm = assemble(kAnswer);
  const wasm_byte_vec_t binary = {wasm.size(), wasm.data()};
  wasmc_set_compiler(nullptr);
  EXPECT_FALSE(wasm_module_new(store.get(), &binary));
  wasmc_set_compiler(&wasmc_c_compiler);
  EXPECT_EQ(wasmc_last_error_code(), WASMC_ERROR_Unsupported);
  EXPECT_STREQ(
      wasmc_last_error(),
      "wasm_module_new: no compiler is linked into this program; link wasmc::c-compiler, or compile the "
      "module with the tool wasmc and load the artifact with wasm_module_deserialize");
}

TEST_F(CApi, ASerializedModuleIsLoadedAgain) {
  Bytes artifact;
  wasm_module_serialize(load(kAnswer).get(), &artifact.vec);
  const Module module(wasm_module_deserialize(store.get(), &artifact.vec));
  ASSERT_TRUE(module) << wasmc_last_error();
  EXPECT_EQ(answerOf(store.get(), module.get()), 42);
}

TEST_F(CApi, WhatIsNoArtifactIsNotLoaded) {
  std::vector<char> wasm = assemble(kAnswer);
  const wasm_byte_vec_t binary = {wasm.size(), wasm.data()};
  EXPECT_FALSE(wasm_module_deserialize(store.get(), &binary));
  EXPECT_EQ(wasmc_last_error_code(), WASMC_ERROR_Format);
}

TEST_F(CApi, ASharedModuleRunsInStoresOfOtherThreads) {
  Module module = load(kAnswer);
  const Owned<wasm_shared_module_t, wasm_shared_module_delete> shared(wasm_module_share(module.get()));
  module.reset();
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      const Store own(wasm_store_new(engine.get()));
      const Module obtained(wasm_module_obtain(own.get(), shared.get()));
      EXPECT_EQ(answerOf(own.get(), obtained.get()), 42);
    });
  for (std::thread& thread : threads) thread.join();
}

std::string_view text(const wasm_name_t* name) { return {name->data, name->size}; }

TEST_F(CApi, ImportsAreListedWithTheirTypes) {
  const Module module = load(R"((module
    (import "a" "f" (func (param i32 f64) (result i64)))
    (import "b" "t" (table 2 5 externref))))");
  Vector<wasm_importtype_vec_t, wasm_importtype_vec_delete> imports;
  wasm_module_imports(module.get(), &imports.vec);
  ASSERT_EQ(imports.vec.size, 2);
  EXPECT_EQ(text(wasm_importtype_module(imports[0])), "a");
  EXPECT_EQ(text(wasm_importtype_name(imports[0])), "f");
  const wasm_functype_t* f = wasm_externtype_as_functype_const(wasm_importtype_type(imports[0]));
  ASSERT_TRUE(f);
  ASSERT_EQ(wasm_functype_params(f)->size, 2);
  EXPECT_EQ(wasm_valtype_kind(wasm_functype_params(f)->data[1]), WASM_F64);
  const wasm_tabletype_t* t = wasm_externtype_as_tabletype_const(wasm_importtype_type(imports[1]));
  ASSERT_TRUE(t);
  EXPECT_EQ(wasm_valtype_kind(wasm_tabletype_element(t)), WASM_EXTERNREF);
  EXPECT_EQ(wasm_tabletype_limits(t)->max, 5);
}

TEST_F(CApi, ExportsAreListedWithTheirTypes) {
  const Module module = load(R"((module
    (memory (export "m") 3)
    (global (export "g") (mut f32) (f32.const 0))))");
  Vector<wasm_exporttype_vec_t, wasm_exporttype_vec_delete> exports;
  wasm_module_exports(module.get(), &exports.vec);
  ASSERT_EQ(exports.vec.size, 2);
  EXPECT_EQ(text(wasm_exporttype_name(exports[0])), "m");
  const wasm_externtype_t* memory = wasm_exporttype_type(exports[0]);
  ASSERT_EQ(wasm_externtype_kind(memory), WASM_EXTERN_MEMORY);
  EXPECT_FALSE(wasm_externtype_as_functype_const(memory));
  const wasm_limits_t* limits = wasm_memorytype_limits(wasm_externtype_as_memorytype_const(memory));
  EXPECT_EQ(limits->min, 3);
  EXPECT_EQ(limits->max, wasm_limits_max_default);
  const wasm_globaltype_t* global = wasm_externtype_as_globaltype_const(wasm_exporttype_type(exports[1]));
  ASSERT_TRUE(global);
  EXPECT_EQ(wasm_globaltype_mutability(global), WASM_VAR);
}

}  // namespace
}  // namespace wasmc::test
