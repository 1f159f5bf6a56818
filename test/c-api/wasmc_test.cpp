// What <wasmc.h> adds to the standard: limits, linkers, traps, calls without allocation.
#include <cstdio>
#include <cstring>
#include <thread>

#include "guest.h"

namespace wasmc::test {
namespace {

using Linker = Owned<wasmc_linker_t, wasmc_linker_delete>;
using Extern = Owned<wasm_extern_t, wasm_extern_delete>;

Extern exported(const Instance& instance, const char* name) {
  Extern item(wasmc_instance_export(instance.get(), name));
  EXPECT_TRUE(item) << name;
  return item;
}

TEST_F(CApi, AnExportIsFoundByName) {
  const Instance instance = instantiate(R"((module (func (export "f") (result i32) (i32.const 5))))");
  EXPECT_EQ(callI32(wasm_extern_as_func(exported(instance, "f").get())), 5);
  EXPECT_FALSE(wasmc_instance_export(instance.get(), "g"));
}

TEST_F(CApi, AnArtifactIsLoadedFromAFile) {
  Bytes artifact;
  wasm_module_serialize(load(R"((module $named))").get(), &artifact.vec);
  const std::string path = testing::TempDir() + "c_api.so";
  FILE* file = std::fopen(path.c_str(), "wb");
  ASSERT_TRUE(file);
  ASSERT_EQ(std::fwrite(artifact.vec.data, 1, artifact.vec.size, file), artifact.vec.size);
  std::fclose(file);
  const Module module(wasmc_module_load(store.get(), path.c_str()));
  ASSERT_TRUE(module) << wasmc_last_error();
  Bytes name;
  wasmc_module_name(module.get(), &name.vec);
  EXPECT_EQ(std::string_view(name.vec.data, name.vec.size), "named");
}

TEST_F(CApi, AMissingFileIsAnError) {
  EXPECT_FALSE(wasmc_module_load(store.get(), "/nowhere/at.so"));
  EXPECT_EQ(wasmc_last_error_code(), WASMC_ERROR_Io);
  EXPECT_STREQ(wasmc_error_name(wasmc_last_error_code()), "Io");
}

TEST_F(CApi, LimitsHoldForAStore) {
  wasmc_limits_t limits;
  wasmc_limits_init(&limits);
  limits.memory_bytes = 2 * MEMORY_PAGE_SIZE;
  store.reset(wasmc_store_new(engine.get(), &limits));
  const Module module = load("(module (memory 3))");
  EXPECT_FALSE(wasm_instance_new(store.get(), module.get(), nullptr, nullptr));
  EXPECT_EQ(wasmc_last_error_code(), WASMC_ERROR_Limit);
}

TEST_F(CApi, WithoutBacktracesATrapHasNoFrames) {
  wasm_config_t* config = wasm_config_new();
  wasmc_config_set_backtraces(config, WASMC_BACKTRACES_NONE);
  engine.reset(wasm_engine_new_with_config(config));
  store.reset(wasm_store_new(engine.get()));
  const Instance instance = instantiate(R"((module (func (export "f") (unreachable))))");
  const Trap trap = callTrap(wasm_extern_as_func(exported(instance, "f").get()), {}, 0);
  EXPECT_FALSE(wasm_trap_origin(trap.get()));
}

TEST_F(CApi, ATrapHasACodeAndItsFramesHaveNames) {
  const Instance instance = instantiate(R"((module $app
    (func $divide (export "f") (param i32) (result i32) (i32.div_s (i32.const 1) (local.get 0)))))");
  const Trap trap = callTrap(wasm_extern_as_func(exported(instance, "f").get()), {WASM_I32_VAL(0)}, 1);
  EXPECT_EQ(wasmc_trap_code(trap.get()), WASMC_TRAP_IntegerDivideByZero);
  EXPECT_EQ(wasmc_trap_error_code(trap.get()), WASMC_ERROR_Trap);
  const Owned<wasm_frame_t, wasm_frame_delete> frame(wasm_trap_origin(trap.get()));
  ASSERT_TRUE(frame);
  Bytes module, function;
  wasmc_frame_module_name(frame.get(), &module.vec);
  wasmc_frame_func_name(frame.get(), &function.vec);
  EXPECT_EQ(std::string_view(module.vec.data, module.vec.size), "app");
  EXPECT_EQ(std::string_view(function.vec.data, function.vec.size), "divide");
}

constexpr char kCount[] = R"((module (func (export "f") (param $n i32) (result i32) (local $i i32)
  (loop $l
    (local.set $i (i32.add (local.get $i) (i32.const 1)))
    (br_if $l (i32.lt_u (local.get $i) (local.get $n))))
  (local.get $i))))";

TEST_F(CApi, FuelIsSetUsedUpAndAdded) {
  const Instance instance(wasm_instance_new(store.get(), loadWith(kCount, "--fuel").get(), nullptr, nullptr));
  EXPECT_EQ(wasmc_store_fuel(store.get()), WASMC_UNLIMITED_FUEL);
  wasmc_store_set_fuel(store.get(), 100);
  const auto f = exported(instance, "f");
  EXPECT_EQ(callI32(wasm_extern_as_func(f.get()), {WASM_I32_VAL(10)}), 10);
  EXPECT_EQ(wasmc_store_fuel(store.get()), 19U);
  const Trap trap = callTrap(wasm_extern_as_func(f.get()), {WASM_I32_VAL(10)}, 1);
  EXPECT_EQ(wasmc_trap_code(trap.get()), WASMC_TRAP_OutOfFuel);
  EXPECT_EQ(wasmc_trap_error_code(trap.get()), WASMC_ERROR_FuelExhausted);
  wasmc_store_add_fuel(store.get(), 200);
  EXPECT_EQ(callI32(wasm_extern_as_func(f.get()), {WASM_I32_VAL(10)}), 10);
}

constexpr char kForever[] = R"((module (func (export "f") (param i32) (result i32)
  (loop $l (br $l)) (unreachable))))";

TEST_F(CApi, AnEpochEndsACall) {
  const Instance instance(
      wasm_instance_new(store.get(), loadWith(kForever, "--epochs").get(), nullptr, nullptr));
  wasmc_store_set_epoch_deadline(store.get(), 1);
  wasmc_engine_increment_epoch(engine.get());
  const Trap trap = callTrap(wasm_extern_as_func(exported(instance, "f").get()), {WASM_I32_VAL(10)}, 1);
  EXPECT_EQ(wasmc_trap_code(trap.get()), WASMC_TRAP_Interrupted);
  EXPECT_EQ(wasmc_trap_error_code(trap.get()), WASMC_ERROR_Interrupted);
}

using Interrupt = Owned<wasmc_interrupt_t, wasmc_interrupt_delete>;

TEST_F(CApi, AnotherThreadInterruptsACall) {
  const Instance instance = instantiate(kForever);
  const auto f = exported(instance, "f");
  const Interrupt interrupt(wasmc_interrupt_new(store.get()));
  std::thread other([&] { wasmc_interrupt(interrupt.get()); });
  const Trap trap = callTrap(wasm_extern_as_func(f.get()), {WASM_I32_VAL(10)}, 1);
  other.join();
  EXPECT_EQ(wasmc_trap_error_code(trap.get()), WASMC_ERROR_Interrupted);
}

TEST_F(CApi, AnInterruptionCanBeTakenBack) {
  const Instance instance = instantiate(kCount);
  const auto f = exported(instance, "f");
  wasmc_interrupt(Interrupt(wasmc_interrupt_new(store.get())).get());
  wasmc_store_clear_interrupt(store.get());
  EXPECT_EQ(callI32(wasm_extern_as_func(f.get()), {WASM_I32_VAL(10)}), 10);
}

TEST_F(CApi, AHostFunctionSeesThatItsGuestIsInterrupted) {
  static wasm_store_t* of_guest;
  static bool seen;
  of_guest = store.get();
  seen = false;
  const FuncType type(wasm_functype_new_0_0());
  Func interrupts(wasm_func_new(store.get(), type.get(), [](const wasm_val_vec_t*, wasm_val_vec_t*) {
    EXPECT_FALSE(wasmc_interrupted());
    EXPECT_TRUE(wasmc_store_set_deadline(of_guest, 0));
    seen = wasmc_interrupted();
    return static_cast<wasm_trap_t*>(nullptr);
  }));
  const Instance instance =
      instantiate(R"((module (import "host" "f" (func $f)) (func (export "g") (call $f) (loop (br 0)))))",
                  {wasm_func_as_extern(interrupts.get())});
  const Trap trap = callTrap(wasm_extern_as_func(exported(instance, "g").get()), {}, 0);
  EXPECT_EQ(wasmc_trap_error_code(trap.get()), WASMC_ERROR_Interrupted);
  EXPECT_TRUE(seen);
}

TEST_F(CApi, ADeadlineEndsCallsUntilItIsCleared) {
  const Instance forever = instantiate(kForever);
  const Instance count = instantiate(kCount);
  ASSERT_TRUE(wasmc_store_set_deadline(store.get(), 1'000'000));
  const Trap trap = callTrap(wasm_extern_as_func(exported(forever, "f").get()), {WASM_I32_VAL(10)}, 1);
  EXPECT_EQ(wasmc_trap_code(trap.get()), WASMC_TRAP_Interrupted);
  wasmc_store_clear_deadline(store.get());
  const auto f = exported(count, "f");
  EXPECT_EQ(callI32(wasm_extern_as_func(f.get()), {WASM_I32_VAL(10)}), 10);
  ASSERT_TRUE(wasmc_store_set_deadline(store.get(), UINT64_MAX));
  EXPECT_EQ(callI32(wasm_extern_as_func(f.get()), {WASM_I32_VAL(10)}), 10);
}

TEST_F(CApi, WithoutASignalThereAreNoDeadlines) {
  wasm_config_t* config = wasm_config_new();
  wasmc_config_set_interrupt_signal(config, 0);
  engine.reset(wasm_engine_new_with_config(config));
  store.reset(wasm_store_new(engine.get()));
  EXPECT_FALSE(wasmc_store_set_deadline(store.get(), 1));
  EXPECT_EQ(wasmc_last_error_code(), WASMC_ERROR_Unsupported);
}

TEST_F(CApi, WithoutSignalHandlersCodeThatNeedsThemIsRefused) {
  wasm_config_t* config = wasm_config_new();
  wasmc_config_set_signal_handlers(config, false);
  engine.reset(wasm_engine_new_with_config(config));
  store.reset(wasm_store_new(engine.get()));
  std::vector<char> wasm = assemble(kCount);
  const wasm_byte_vec_t binary = {wasm.size(), wasm.data()};
  EXPECT_FALSE(Module(wasm_module_new(store.get(), &binary)));
  EXPECT_EQ(wasmc_last_error_code(), WASMC_ERROR_Unsupported);
}

TEST_F(CApi, ACallTakesAndLeavesValuesInOneArray) {
  const Instance instance = instantiate(R"((module
    (func (export "f") (param i32 f64) (result f64 i32 v128)
      (f64.add (local.get 1) (f64.const 1)) (i32.sub (i32.const 0) (local.get 0)) (v128.const i64x2 1 2))))");
  wasmc_value_t values[3] = {};
  values[0].i32 = 7;
  values[1].f64 = 1.5;
  ASSERT_EQ(wasmc_call(wasm_extern_as_func(exported(instance, "f").get()), values, 3, nullptr), WASMC_OK);
  EXPECT_EQ(values[0].f64, 2.5);
  EXPECT_EQ(values[1].i32, -7);
  EXPECT_EQ(values[2].v128[8], 2);
}

TEST_F(CApi, ACallWithoutRoomForItsValuesFails) {
  const Instance instance = instantiate(R"((module (func (export "f") (param i32 i32))))");
  wasmc_value_t value = {};
  EXPECT_EQ(wasmc_call(wasm_extern_as_func(exported(instance, "f").get()), &value, 1, nullptr),
            WASMC_ERROR_Type);
  EXPECT_STREQ(wasmc_last_error(),
               "function of type (i32, i32) -> () called with room for 1 values, it needs 2");
}

TEST_F(CApi, ACallThatTrapsGivesTheTrap) {
  const Instance instance = instantiate(R"((module (func (export "f") (unreachable))))");
  wasm_trap_t* trap = nullptr;
  EXPECT_EQ(wasmc_call(wasm_extern_as_func(exported(instance, "f").get()), nullptr, 0, &trap),
            WASMC_ERROR_Trap);
  EXPECT_EQ(wasmc_trap_code(Trap(trap).get()), WASMC_TRAP_Unreachable);
}

TEST_F(CApi, ACallTakesAndGivesReferences) {
  const Instance instance = instantiate(R"((module
    (func (export "f") (param externref i32) (result i32 externref) (local.get 1) (local.get 0))))");
  const Owned<wasm_foreign_t, wasm_foreign_delete> object(wasm_foreign_new(store.get()));
  wasmc_value_t values[2] = {};
  values[0].ref = wasm_foreign_as_ref(object.get());
  values[1].i32 = 7;
  ASSERT_EQ(wasmc_call(wasm_extern_as_func(exported(instance, "f").get()), values, 2, nullptr), WASMC_OK)
      << wasmc_last_error();
  EXPECT_EQ(values[0].i32, 7);
  const Ref result(values[1].ref);
  EXPECT_TRUE(wasm_ref_same(result.get(), wasm_foreign_as_ref_const(object.get())));
}

TEST_F(CApi, ACallWithTheWrongKindOfReferenceFails) {
  const Instance instance = instantiate(R"((module (func (export "f") (param funcref))))");
  const Owned<wasm_foreign_t, wasm_foreign_delete> object(wasm_foreign_new(store.get()));
  wasmc_value_t value;
  value.ref = wasm_foreign_as_ref(object.get());
  EXPECT_EQ(wasmc_call(wasm_extern_as_func(exported(instance, "f").get()), &value, 1, nullptr),
            WASMC_ERROR_Type);
}

constexpr char kCaller[] = R"((module
  (import "env" "length" (func $length (param i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 65531) "hello")
  (func (export "inside") (result i32) (call $length (i32.const 65531)))
  (func (export "outside") (result i32) (call $length (i32.const 65532)))))";

// The length of the five characters at the argument; -1 if they are not all in memory.
wasm_trap_t* lengthAt(void*, const wasmc_caller_t* caller, const wasm_val_vec_t* args,
                      wasm_val_vec_t* results) {
  const char* text = wasmc_caller_slice(caller, static_cast<uint32_t>(args->data[0].of.i32), 5);
  results->data[0].of.i32 = text ? static_cast<int32_t>(strnlen(text, 5)) : -1;
  return nullptr;
}

TEST_F(CApi, AHostFunctionOfALinkerReadsTheMemoryOfItsCaller) {
  const Linker linker(wasmc_linker_new(engine.get()));
  const FuncType type(wasm_functype_new_1_1(wasm_valtype_new_i32(), wasm_valtype_new_i32()));
  wasmc_linker_define_func(linker.get(), "env", "length", type.get(), lengthAt, nullptr, nullptr);
  const Instance instance(wasmc_linker_instantiate(linker.get(), store.get(), load(kCaller).get(), nullptr));
  ASSERT_TRUE(instance) << wasmc_last_error();
  EXPECT_EQ(callI32(wasm_extern_as_func(exported(instance, "inside").get())), 5);
  EXPECT_EQ(callI32(wasm_extern_as_func(exported(instance, "outside").get())), -1);
}

TEST_F(CApi, AHostFunctionOfALinkerEndsWithTheLastUser) {
  int finalized = 0;
  Linker linker(wasmc_linker_new(engine.get()));
  const FuncType type(wasm_functype_new_1_1(wasm_valtype_new_i32(), wasm_valtype_new_i32()));
  wasmc_linker_define_func(linker.get(), "env", "length", type.get(), lengthAt, &finalized,
                           [](void* counter) { ++*static_cast<int*>(counter); });
  Instance instance(wasmc_linker_instantiate(linker.get(), store.get(), load(kCaller).get(), nullptr));
  linker.reset();
  EXPECT_EQ(finalized, 0);
  instance.reset();
  store.reset();
  EXPECT_EQ(finalized, 1);
}

TEST_F(CApi, ALinkerDefinesWhatAnInstanceExports) {
  const Linker linker(wasmc_linker_new(engine.get()));
  wasmc_linker_define_instance(
      linker.get(), "lib", instantiate(R"((module (func (export "f") (result i32) (i32.const 9))))").get());
  const Instance instance(wasmc_linker_instantiate(
      linker.get(), store.get(),
      load(R"((module (import "lib" "f" (func $f (result i32))) (export "g" (func $f))))").get(), nullptr));
  ASSERT_TRUE(instance) << wasmc_last_error();
  EXPECT_EQ(callI32(wasm_extern_as_func(exported(instance, "g").get())), 9);
}

}  // namespace
}  // namespace wasmc::test
