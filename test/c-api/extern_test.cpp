// Globals, tables, memories and instances of the C API.
#include "guest.h"

namespace wasmc::test {
namespace {

using Global = Owned<wasm_global_t, wasm_global_delete>;
using GlobalType = Owned<wasm_globaltype_t, wasm_globaltype_delete>;

Global makeGlobal(wasm_store_t* store, wasm_mutability_t mutability, wasm_val_t value) {
  const GlobalType type(wasm_globaltype_new(wasm_valtype_new(value.kind), mutability));
  return Global(wasm_global_new(store, type.get(), &value));
}

TEST_F(CApi, AGlobalIsReadAndWritten) {
  const Global global = makeGlobal(store.get(), WASM_VAR, WASM_I64_VAL(5));
  const wasm_val_t six = WASM_I64_VAL(6);
  wasm_global_set(global.get(), &six);
  wasm_val_t value;
  wasm_global_get(global.get(), &value);
  EXPECT_EQ(value.kind, WASM_I64);
  EXPECT_EQ(value.of.i64, 6);
}

TEST_F(CApi, AConstantGlobalStaysAsItIs) {
  const Global global = makeGlobal(store.get(), WASM_CONST, WASM_I32_VAL(5));
  const wasm_val_t six = WASM_I32_VAL(6);
  wasm_global_set(global.get(), &six);
  EXPECT_STREQ(wasmc_last_error(), "global i32 is immutable and cannot be set");
  wasm_val_t value;
  wasm_global_get(global.get(), &value);
  EXPECT_EQ(value.of.i32, 5);
}

TEST_F(CApi, AValueOfAnotherTypeMakesNoGlobal) {
  const GlobalType type(wasm_globaltype_new(wasm_valtype_new_f32(), WASM_VAR));
  const wasm_val_t value = WASM_I32_VAL(1);
  EXPECT_FALSE(wasm_global_new(store.get(), type.get(), &value));
  EXPECT_STREQ(wasmc_last_error(), "initial value: found i32, expected f32");
}

TEST_F(CApi, ATableHoldsReferencesAndGrowsToItsMaximum) {
  const wasm_limits_t limits = {2, 4};
  const Owned<wasm_tabletype_t, wasm_tabletype_delete> type(
      wasm_tabletype_new(wasm_valtype_new_externref(), &limits));
  const Owned<wasm_table_t, wasm_table_delete> table(wasm_table_new(store.get(), type.get(), nullptr));
  const Ref object(wasm_foreign_as_ref(wasm_foreign_new(store.get())));
  EXPECT_FALSE(wasm_table_get(table.get(), 0));
  EXPECT_TRUE(wasm_table_set(table.get(), 1, object.get()));
  EXPECT_TRUE(wasm_ref_same(Ref(wasm_table_get(table.get(), 1)).get(), object.get()));
  EXPECT_FALSE(wasm_table_set(table.get(), 2, object.get()));
  EXPECT_EQ(wasmc_last_error_code(), WASMC_ERROR_Memory);
  EXPECT_TRUE(wasm_table_grow(table.get(), 2, object.get()));
  EXPECT_TRUE(wasm_ref_same(Ref(wasm_table_get(table.get(), 3)).get(), object.get()));
  EXPECT_FALSE(wasm_table_grow(table.get(), 1, nullptr));
  EXPECT_EQ(wasm_table_size(table.get()), 4);
}

TEST_F(CApi, AMemoryGrowsWithoutMoving) {
  const wasm_limits_t limits = {1, 2};
  const Owned<wasm_memorytype_t, wasm_memorytype_delete> type(wasm_memorytype_new(&limits));
  const Owned<wasm_memory_t, wasm_memory_delete> memory(wasm_memory_new(store.get(), type.get()));
  char* data = wasm_memory_data(memory.get());
  data[MEMORY_PAGE_SIZE - 1] = 7;
  EXPECT_TRUE(wasm_memory_grow(memory.get(), 1));
  EXPECT_EQ(wasm_memory_data(memory.get()), data);
  EXPECT_EQ(wasm_memory_data_size(memory.get()), 2 * MEMORY_PAGE_SIZE);
  EXPECT_EQ(data[2 * MEMORY_PAGE_SIZE - 1], 0);
  EXPECT_FALSE(wasm_memory_grow(memory.get(), 1));
  EXPECT_EQ(wasmc_last_error_code(), WASMC_ERROR_Limit);
}

TEST_F(CApi, ImportsAreTakenByPosition) {
  const Global one = makeGlobal(store.get(), WASM_CONST, WASM_I32_VAL(1));
  const Global ten = makeGlobal(store.get(), WASM_CONST, WASM_I32_VAL(10));
  const Instance instance = instantiate(R"((module
    (import "same" "name" (global $a i32))
    (import "same" "name" (global $b i32))
    (func (export "difference") (result i32) (i32.sub (global.get $b) (global.get $a)))))",
                                        {wasm_global_as_extern(one.get()), wasm_global_as_extern(ten.get())});
  Externs exports;
  wasm_instance_exports(instance.get(), &exports.vec);
  EXPECT_EQ(callI32(func(exports, 0)), 9);
}

TEST_F(CApi, MissingImportsAreListed) {
  const Module module = load(R"((module $app (import "a" "f" (func)) (import "b" "m" (memory 1))))");
  wasm_trap_t* trap = nullptr;
  EXPECT_FALSE(wasm_instance_new(store.get(), module.get(), nullptr, &trap));
  const Trap owned(trap);
  ASSERT_TRUE(owned);
  EXPECT_EQ(
      messageOf(trap),
      "unknown import: module app imports what is not defined:\n  a.f: func () -> ()\n  b.m: memory 1..");
}

TEST_F(CApi, MoreImportsThanTheModuleHasAreRefused) {
  const Global global = makeGlobal(store.get(), WASM_CONST, WASM_I32_VAL(1));
  wasm_extern_t* item = wasm_global_as_extern(global.get());
  const wasm_extern_vec_t imports = {1, &item};
  EXPECT_FALSE(wasm_instance_new(store.get(), load("(module)").get(), &imports, nullptr));
  EXPECT_STREQ(wasmc_last_error(), "1 imports given, the module has 0");
}

TEST_F(CApi, AnObjectOfAnotherStoreIsRefused) {
  const Store other(wasm_store_new(engine.get()));
  const Global global = makeGlobal(other.get(), WASM_CONST, WASM_I32_VAL(1));
  wasm_extern_t* item = wasm_global_as_extern(global.get());
  const wasm_extern_vec_t imports = {1, &item};
  const Module module = load(R"((module (import "a" "g" (global i32))))");
  EXPECT_FALSE(wasm_instance_new(store.get(), module.get(), &imports, nullptr));
  EXPECT_EQ(wasmc_last_error_code(), WASMC_ERROR_Link);
}

TEST_F(CApi, ATrapInTheStartFunctionIsHandedOut) {
  const Module module = load(R"((module (func $start (unreachable)) (start $start)))");
  wasm_trap_t* trap = nullptr;
  EXPECT_FALSE(wasm_instance_new(store.get(), module.get(), nullptr, &trap));
  const Trap owned(trap);
  ASSERT_TRUE(owned);
  EXPECT_EQ(messageOf(trap), "wasm trap: unreachable");
}

TEST_F(CApi, ExportsHaveTheirKinds) {
  const Instance instance = instantiate(R"((module
    (memory (export "m") 1) (table (export "t") 1 funcref) (global (export "g") i32 (i32.const 0)) (func (export "f"))))");
  Externs exports;
  wasm_instance_exports(instance.get(), &exports.vec);
  ASSERT_EQ(exports.vec.size, 4);
  EXPECT_EQ(wasm_extern_kind(exports[0]), WASM_EXTERN_MEMORY);
  EXPECT_EQ(wasm_extern_kind(exports[1]), WASM_EXTERN_TABLE);
  EXPECT_EQ(wasm_extern_kind(exports[2]), WASM_EXTERN_GLOBAL);
  EXPECT_EQ(wasm_extern_kind(exports[3]), WASM_EXTERN_FUNC);
  EXPECT_FALSE(wasm_extern_as_func(exports[0]));
  EXPECT_TRUE(wasm_extern_as_memory(exports[0]));
}

}  // namespace
}  // namespace wasmc::test
