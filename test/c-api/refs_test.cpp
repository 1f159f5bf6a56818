// References of the C API: identity, host info, lifetimes, and externrefs that go through a guest.
#include "guest.h"

namespace wasmc::test {
namespace {

constexpr char kEmpty[] = "(module)";
constexpr char kIdentity[] = R"((module
  (func (export "extern") (param externref) (result externref) (local.get 0))
  (func (export "func") (param funcref) (result funcref) (local.get 0))))";

void count(void* counter) { ++*static_cast<int*>(counter); }

wasm_trap_t* doNothing(void*, const wasm_val_vec_t*, wasm_val_vec_t*) { return nullptr; }

TEST_F(CApi, ACopyIsTheSameObject) {
  const Instance a = instantiate(kEmpty);
  const Instance b = instantiate(kEmpty);
  const Instance copy(wasm_instance_copy(a.get()));
  EXPECT_TRUE(wasm_instance_same(a.get(), copy.get()));
  EXPECT_FALSE(wasm_instance_same(a.get(), b.get()));
}

TEST_F(CApi, AHostFunctionThatIsExportedAgainIsTheSame) {
  const Func f = host(FuncType(wasm_functype_new_0_0()), doNothing);
  const Instance instance = instantiate(R"((module (import "" "f" (func $f)) (export "f" (func $f))))",
                                        {wasm_func_as_extern(f.get())});
  Externs exports;
  wasm_instance_exports(instance.get(), &exports.vec);
  EXPECT_TRUE(wasm_func_same(f.get(), func(exports, 0)));
}

TEST_F(CApi, AReferenceKnowsItsKind) {
  const Func f = host(FuncType(wasm_functype_new_0_0()), doNothing);
  wasm_ref_t* ref = wasm_func_as_ref(f.get());
  EXPECT_EQ(wasm_ref_as_func(ref), f.get());
  EXPECT_EQ(wasm_ref_as_extern(ref), wasm_func_as_extern(f.get()));
  EXPECT_FALSE(wasm_ref_as_memory(ref));
  EXPECT_FALSE(wasm_ref_as_foreign(ref));
}

TEST_F(CApi, HostInfoBelongsToTheObjectAndEndsWithTheStore) {
  int finalized = 0;
  Instance instance = instantiate(kEmpty);
  Instance copy(wasm_instance_copy(instance.get()));
  wasm_instance_set_host_info_with_finalizer(instance.get(), &finalized, count);
  EXPECT_EQ(wasm_instance_get_host_info(copy.get()), &finalized);
  instance.reset();
  copy.reset();
  EXPECT_EQ(finalized, 0);
  store.reset();
  EXPECT_EQ(finalized, 1);
}

TEST_F(CApi, HostInfoThatIsReplacedIsFinalized) {
  int finalized = 0;
  const Instance instance = instantiate(kEmpty);
  wasm_instance_set_host_info_with_finalizer(instance.get(), &finalized, count);
  wasm_instance_set_host_info(instance.get(), nullptr);
  EXPECT_EQ(finalized, 1);
}

TEST_F(CApi, HostInfoOfAModuleEndsWithItsLastHandle) {
  int finalized = 0;
  Module module = load(kEmpty);
  Module copy(wasm_module_copy(module.get()));
  wasm_module_set_host_info_with_finalizer(module.get(), &finalized, count);
  module.reset();
  EXPECT_EQ(finalized, 0);
  copy.reset();
  EXPECT_EQ(finalized, 1);
}

TEST_F(CApi, HandlesOutliveTheDeletionOfTheirStore) {
  Instance instance = instantiate(R"((module (func (export "f") (result i32) (i32.const 7))))");
  Externs exports;
  wasm_instance_exports(instance.get(), &exports.vec);
  instance.reset();
  store.reset();
  engine.reset();
  EXPECT_EQ(callI32(func(exports, 0)), 7);
}

TEST_F(CApi, AForeignObjectComesBackFromAGuest) {
  const Instance instance = instantiate(kIdentity);
  Externs exports;
  wasm_instance_exports(instance.get(), &exports.vec);
  const Ref object(wasm_foreign_as_ref(wasm_foreign_new(store.get())));
  int info = 0;
  wasm_ref_set_host_info(object.get(), &info);
  const Ref back(call(func(exports, 0), {WASM_REF_VAL(object.get())}, 1)[0].of.ref);
  EXPECT_TRUE(wasm_ref_same(back.get(), object.get()));
  EXPECT_EQ(wasm_ref_get_host_info(back.get()), &info);
  EXPECT_TRUE(wasm_ref_as_foreign(back.get()));
}

TEST_F(CApi, AnyObjectCanBeAnExternref) {
  const Instance instance = instantiate(kIdentity);
  Externs exports;
  wasm_instance_exports(instance.get(), &exports.vec);
  const Ref back(call(func(exports, 0), {WASM_REF_VAL(wasm_instance_as_ref(instance.get()))}, 1)[0].of.ref);
  EXPECT_TRUE(wasm_ref_as_instance(back.get()));
  EXPECT_TRUE(wasm_ref_same(back.get(), wasm_instance_as_ref(instance.get())));
}

TEST_F(CApi, AFunctionComesBackAsAFuncref) {
  const Instance instance = instantiate(kIdentity);
  Externs exports;
  wasm_instance_exports(instance.get(), &exports.vec);
  wasm_val_t arg = WASM_REF_VAL(wasm_func_as_ref(func(exports, 0)));
  arg.kind = WASM_FUNCREF;
  const Ref back(call(func(exports, 1), {arg}, 1)[0].of.ref);
  ASSERT_TRUE(wasm_ref_as_func(back.get()));
  EXPECT_TRUE(wasm_func_same(wasm_ref_as_func(back.get()), func(exports, 0)));
}

TEST_F(CApi, WhatIsNoFunctionIsNoFuncref) {
  const Instance instance = instantiate(kIdentity);
  Externs exports;
  wasm_instance_exports(instance.get(), &exports.vec);
  const Trap trap = callTrap(func(exports, 1), {WASM_REF_VAL(wasm_instance_as_ref(instance.get()))}, 1);
  EXPECT_EQ(messageOf(trap.get()), "argument: a reference to another kind of object, expected funcref");
}

TEST_F(CApi, NullReferencesAreNull) {
  const Instance instance = instantiate(kIdentity);
  Externs exports;
  wasm_instance_exports(instance.get(), &exports.vec);
  for (size_t i : {0, 1}) EXPECT_FALSE(call(func(exports, i), {WASM_INIT_VAL}, 1)[0].of.ref);
}

TEST_F(CApi, ValuesAreCopiedWithTheirReferences) {
  Vector<wasm_val_vec_t, wasm_val_vec_delete> values;
  wasm_val_vec_new_uninitialized(&values.vec, 2);
  values[0] = WASM_I32_VAL(3);
  values[1] = WASM_REF_VAL(wasm_foreign_as_ref(wasm_foreign_new(store.get())));
  Vector<wasm_val_vec_t, wasm_val_vec_delete> copy;
  wasm_val_vec_copy(&copy.vec, &values.vec);
  ASSERT_EQ(copy.vec.size, 2);
  EXPECT_EQ(copy[0].of.i32, 3);
  EXPECT_NE(copy[1].of.ref, values[1].of.ref);
  EXPECT_TRUE(wasm_ref_same(copy[1].of.ref, values[1].of.ref));
}

}  // namespace
}  // namespace wasmc::test
