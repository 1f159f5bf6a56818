// What a module says of itself, without an instance.
#include <array>
#include <cstring>

#include "guest.h"

namespace wasmc::test {
namespace {

constexpr char kModule[] = R"((module $named
  (import "env" "log" (func (param i64)))
  (func $sum (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func (result v128) (v128.const i64x2 1 2))))";

std::string take(wasm_name_t name) {
  const std::string text(name.data, name.size);
  wasm_name_delete(&name);
  return text;
}

template <typename F>
std::string text(F get, const Module& module) {
  wasm_name_t name;
  get(module.get(), &name);
  return take(name);
}

TEST_F(CApi, AModuleSaysWhatItIs) {
  const Module module = load(kModule);
  EXPECT_EQ(text(wasmc_module_name, module), "named");
  EXPECT_NE(text(wasmc_module_target, module).find("linux"), std::string::npos);
  EXPECT_TRUE(text(wasmc_module_compiler, module).starts_with("wasmc "));
  EXPECT_EQ(text(wasmc_module_features, module), "simd");
}

TEST_F(CApi, AllFunctionsOfAModuleHaveTypesAndNames) {
  const Module module = load(kModule);
  ASSERT_EQ(wasmc_module_func_count(module.get()), 3);
  const FuncType type(wasmc_module_func_type(module.get(), 1));
  EXPECT_EQ(wasm_functype_params(type.get())->size, 2);
  EXPECT_EQ(wasm_valtype_kind(wasm_functype_results(type.get())->data[0]), WASM_I32);
  wasm_name_t name;
  ASSERT_TRUE(wasmc_module_func_name(module.get(), 1, &name));
  EXPECT_EQ(take(name), "sum");
  ASSERT_TRUE(wasmc_module_func_name(module.get(), 2, &name));
  EXPECT_EQ(take(name), "");
}

TEST_F(CApi, AFunctionThatIsNotThereHasNoType) {
  const Module module = load(kModule);
  wasm_name_t name;
  EXPECT_FALSE(wasmc_module_func_type(module.get(), 3));
  EXPECT_FALSE(wasmc_module_func_name(module.get(), 3, &name));
}

TEST_F(CApi, TheHashOfAModuleIsThatOfItsFile) {
  std::array<uint8_t, 32> one, same, other;
  wasmc_module_source_hash(load(kModule).get(), one.data());
  wasmc_module_source_hash(load(kModule).get(), same.data());
  wasmc_module_source_hash(load("(module)").get(), other.data());
  EXPECT_EQ(one, same);
  EXPECT_NE(one, other);
}

TEST_F(CApi, AnInstanceLeadsToItsModule) {
  const Instance instance = instantiate("(module $here)");
  EXPECT_EQ(text(wasmc_module_name, Module(wasmc_instance_module(instance.get()))), "here");
}

// An empty module and a custom section "notes" of three bytes.
constexpr char kWithSection[] = "\0asm\1\0\0\0\0\11\5notesa\0b";

TEST_F(CApi, CustomSectionsAreInTheArtifact) {
  std::string wasm(kWithSection, sizeof kWithSection - 1);
  const wasm_byte_vec_t binary = {wasm.size(), wasm.data()};
  const Module module(wasm_module_new(store.get(), &binary));
  ASSERT_TRUE(module) << wasmc_last_error();
  ASSERT_EQ(wasmc_module_custom_section_count(module.get()), 1);
  wasm_name_t name;
  Bytes bytes;
  ASSERT_TRUE(wasmc_module_custom_section(module.get(), 0, &name, &bytes.vec));
  EXPECT_EQ(take(name), "notes");
  EXPECT_EQ(std::string(bytes.vec.data, bytes.vec.size), std::string("a\0b", 3));
  EXPECT_FALSE(wasmc_module_custom_section(module.get(), 1, &name, &bytes.vec));
}

}  // namespace
}  // namespace wasmc::test
