// Functions and traps of the C API.
#include "guest.h"

namespace wasmc::test {
namespace {

wasm_valtype_t* i32() { return wasm_valtype_new_i32(); }

TEST_F(CApi, AHostFunctionGetsItsEnvironment) {
  int32_t factor = 3;
  const Func f = host(
      FuncType(wasm_functype_new_1_1(i32(), i32())),
      [](void* env, const wasm_val_vec_t* args, wasm_val_vec_t* results) -> wasm_trap_t* {
        results->data[0].of.i32 = *static_cast<int32_t*>(env) * args->data[0].of.i32;
        return nullptr;
      },
      &factor);
  const Instance instance = instantiate(R"((module
    (import "" "f" (func $f (param i32) (result i32)))
    (func (export "run") (result i32) (call $f (i32.const 14)))))",
                                        {wasm_func_as_extern(f.get())});
  Externs exports;
  wasm_instance_exports(instance.get(), &exports.vec);
  EXPECT_EQ(callI32(func(exports, 0)), 42);
}

TEST_F(CApi, TheFinalizerOfAHostFunctionRunsWithTheEndOfTheStore) {
  int finalized = 0;
  Func f = host(
      FuncType(wasm_functype_new_0_0()),
      [](void*, const wasm_val_vec_t*, wasm_val_vec_t*) -> wasm_trap_t* { return nullptr; }, &finalized,
      [](void* counter) { ++*static_cast<int*>(counter); });
  f.reset();
  EXPECT_EQ(finalized, 0);
  store.reset();
  EXPECT_EQ(finalized, 1);
}

TEST_F(CApi, SeveralValuesGoBothWays) {
  const Instance instance = instantiate(R"((module
    (func (export "swap") (param i32 f64 i64 f32) (result f32 i64 f64 i32)
      (local.get 3) (local.get 2) (local.get 1) (local.get 0))))");
  Externs exports;
  wasm_instance_exports(instance.get(), &exports.vec);
  const auto results =
      call(func(exports, 0), {WASM_I32_VAL(1), WASM_F64_VAL(2.5), WASM_I64_VAL(3), WASM_F32_VAL(4.5f)}, 4);
  EXPECT_EQ(results[0].of.f32, 4.5f);
  EXPECT_EQ(results[1].of.i64, 3);
  EXPECT_EQ(results[2].of.f64, 2.5);
  EXPECT_EQ(results[3].of.i32, 1);
}

TEST_F(CApi, ATrapOfAHostFunctionKeepsItsMessageAndGetsFrames) {
  const Func f = host(FuncType(wasm_functype_new_0_0()),
                      [](void*, const wasm_val_vec_t*, wasm_val_vec_t*) -> wasm_trap_t* {
                        Bytes message;
                        wasm_name_new_from_string_nt(&message.vec, "no more");
                        return wasm_trap_new(nullptr, &message.vec);
                      });
  const Instance instance = instantiate(R"((module
    (import "" "f" (func $f)) (func (export "run") (call $f) (nop))))",
                                        {wasm_func_as_extern(f.get())});
  Externs exports;
  wasm_instance_exports(instance.get(), &exports.vec);
  const Trap trap = callTrap(func(exports, 0), {}, 0);
  EXPECT_EQ(messageOf(trap.get()), "no more");
  EXPECT_EQ(wasmc_last_error_code(), WASMC_ERROR_Host);
  const Owned<wasm_frame_t, wasm_frame_delete> frame(wasm_trap_origin(trap.get()));
  ASSERT_TRUE(frame);
  EXPECT_EQ(wasm_frame_func_index(frame.get()), 1);
}

TEST_F(CApi, FramesSayWhereInTheFunctionAndTheModule) {
  // The body begins with its number of locals, then come i32.const 1, drop, unreachable.
  const std::vector<char> wasm = assemble(R"((module
    (func (export "other") (nop))
    (func (export "run") (drop (i32.const 1)) (unreachable))))");
  const wasm_byte_vec_t binary = {wasm.size(), const_cast<char*>(wasm.data())};
  const Module module(wasm_module_new(store.get(), &binary));
  const Instance instance(wasm_instance_new(store.get(), module.get(), nullptr, nullptr));
  Externs exports;
  wasm_instance_exports(instance.get(), &exports.vec);
  const Trap trap = callTrap(func(exports, 1), {}, 0);
  EXPECT_EQ(messageOf(trap.get()), "wasm trap: unreachable");
  Vector<wasm_frame_vec_t, wasm_frame_vec_delete> frames;
  wasm_trap_trace(trap.get(), &frames.vec);
  ASSERT_GE(frames.vec.size, 1);
  EXPECT_EQ(wasm_frame_func_index(frames[0]), 1);
  EXPECT_EQ(wasm_frame_func_offset(frames[0]), 4);
  EXPECT_EQ(wasm[wasm_frame_module_offset(frames[0])], 0);  // the opcode of unreachable
}

TEST_F(CApi, AWrongNumberOrTypeOfArgumentsIsATrap) {
  const Instance instance =
      instantiate(R"((module (func (export "f") (param i32) (result i32) (local.get 0))))");
  Externs exports;
  wasm_instance_exports(instance.get(), &exports.vec);
  EXPECT_EQ(messageOf(callTrap(func(exports, 0), {}, 1).get()),
            "function of type (i32) -> (i32) called with 0 arguments");
  EXPECT_EQ(messageOf(callTrap(func(exports, 0), {WASM_F32_VAL(1)}, 1).get()),
            "argument: found f32, expected i32");
  EXPECT_EQ(messageOf(callTrap(func(exports, 0), {WASM_I32_VAL(1)}, 0).get()),
            "function of type (i32) -> (i32) called with room for 0 results");
}

TEST_F(CApi, AV128DoesNotFitAValue) {
  const Instance instance =
      instantiate(R"((module (func (export "f") (result v128) (v128.const i64x2 1 2))))");
  Externs exports;
  wasm_instance_exports(instance.get(), &exports.vec);
  const Trap trap = callTrap(func(exports, 0), {}, 1);
  EXPECT_EQ(wasmc_last_error_code(), WASMC_ERROR_Unsupported);
}

TEST_F(CApi, AFunctionTypeIsDescribed) {
  const FuncType wanted(wasm_functype_new_2_1(i32(), wasm_valtype_new_f64(), wasm_valtype_new_i64()));
  const Func f = host(FuncType(wasm_functype_copy(wanted.get())),
                      [](void*, const wasm_val_vec_t*, wasm_val_vec_t*) -> wasm_trap_t* { return nullptr; });
  const FuncType found(wasm_func_type(f.get()));
  ASSERT_EQ(wasm_functype_params(found.get())->size, 2);
  EXPECT_EQ(wasm_valtype_kind(wasm_functype_params(found.get())->data[1]), WASM_F64);
  EXPECT_EQ(wasm_valtype_kind(wasm_functype_results(found.get())->data[0]), WASM_I64);
  EXPECT_EQ(wasm_func_param_arity(f.get()), 2);
  EXPECT_EQ(wasm_func_result_arity(f.get()), 1);
}

}  // namespace
}  // namespace wasmc::test
