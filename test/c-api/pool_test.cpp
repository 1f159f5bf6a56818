// Pools of instances, and limits with a callback, for hosts in C.
#include <cstring>
#include <set>

#include "guest.h"

namespace wasmc::test {
namespace {

using Linker = Owned<wasmc_linker_t, wasmc_linker_delete>;
using Pool = Owned<wasmc_pool_t, wasmc_pool_delete>;
using Extern = Owned<wasm_extern_t, wasm_extern_delete>;
using Capture = Owned<wasmc_capture_t, wasmc_capture_delete>;

constexpr char kCounter[] = R"((module
  (global $g (mut i32) (i32.const 0))
  (memory (export "memory") 1)
  (func (export "count") (result i32)
    (global.set $g (i32.add (global.get $g) (i32.const 1)))
    (global.get $g))
  (func (export "grow") (result i32) (memory.grow (i32.const 1)))))";

class CApiPool : public CApi {
 protected:
  CApiPool() : linker(wasmc_linker_new(engine.get())) { wasmc_pool_options_init(&options); }
  Pool make(std::string_view wat) const {
    Pool pool(wasmc_pool_new(linker.get(), load(wat).get(), &options));
    EXPECT_TRUE(pool) << wasmc_last_error();
    return pool;
  }
  static int32_t callExport(const Instance& instance, const char* name) {
    const Extern item(wasmc_instance_export(instance.get(), name));
    EXPECT_TRUE(item) << name;
    return callI32(wasm_extern_as_func(item.get()), {});
  }

  Linker linker;
  wasmc_pool_options_t options;
};

TEST_F(CApiPool, AnInstanceIsAsNewForTheNext) {
  options.max_instances = 1;
  const Pool pool = make(kCounter);
  for (int i = 0; i < 3; ++i) {
    const Instance instance(wasmc_pool_acquire(pool.get(), nullptr));
    ASSERT_TRUE(instance) << wasmc_last_error();
    EXPECT_EQ(callExport(instance, "count"), 1);
    EXPECT_EQ(callExport(instance, "count"), 2);
  }
}

TEST_F(CApiPool, AHandleOfItsStoreKeepsAnInstanceFromThePool) {
  options.max_instances = 1;
  const Pool pool = make(kCounter);
  Instance instance(wasmc_pool_acquire(pool.get(), nullptr));
  Extern memory(wasmc_instance_export(instance.get(), "memory"));
  instance.reset();
  EXPECT_FALSE(wasmc_pool_acquire(pool.get(), nullptr));
  EXPECT_EQ(wasmc_last_error_code(), WASMC_ERROR_Limit);
  memory.reset();
  instance.reset(wasmc_pool_acquire(pool.get(), nullptr));
  EXPECT_TRUE(instance);
}

TEST_F(CApiPool, MayBeDeletedBeforeItsInstances) {
  Pool pool = make(kCounter);
  const Instance instance(wasmc_pool_acquire(pool.get(), nullptr));
  pool.reset();
  EXPECT_EQ(callExport(instance, "count"), 1);
}

TEST_F(CApiPool, ItsLimitsHoldForEachInstance) {
  options.limits.memory_bytes = 2 * MEMORY_PAGE_SIZE;
  const Pool pool = make(kCounter);
  const Instance instance(wasmc_pool_acquire(pool.get(), nullptr));
  EXPECT_EQ(callExport(instance, "grow"), 1);
  EXPECT_EQ(callExport(instance, "grow"), -1);
}

TEST_F(CApiPool, ACallbackDecidesOnGrowth) {
  uint64_t allowed = MEMORY_PAGE_SIZE;
  options.limits.growth = [](void* env, const wasmc_growth_t* growth) {
    return growth->kind == WASMC_GROWTH_MEMORY && growth->desired <= *static_cast<uint64_t*>(env);
  };
  options.limits.growth_env = &allowed;
  const Pool pool = make(kCounter);
  const Instance instance(wasmc_pool_acquire(pool.get(), nullptr));
  EXPECT_EQ(callExport(instance, "grow"), -1);
  allowed *= 2;
  EXPECT_EQ(callExport(instance, "grow"), 1);
}

TEST_F(CApiPool, AMissingImportIsAnError) {
  EXPECT_FALSE(wasmc_pool_new(linker.get(), load(R"((module (import "a" "b" (func))))").get(), &options));
  EXPECT_EQ(wasmc_last_error_code(), WASMC_ERROR_Link);
}

TEST_F(CApiPool, AStartFunctionThatTrapsGivesTheTrap) {
  const Pool pool = make(R"((module (func $start (unreachable)) (start $start)))");
  wasm_trap_t* raw = nullptr;
  EXPECT_FALSE(wasmc_pool_acquire(pool.get(), &raw));
  const Trap trap(raw);
  ASSERT_TRUE(trap);
  EXPECT_EQ(wasmc_trap_code(trap.get()), WASMC_TRAP_Unreachable);
}

constexpr char kWriter[] = R"((module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\10\00\00\00\03\00\00\00")
  (data (i32.const 16) "out")
  (func (export "write") (result i32)
    (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 32)))))";

TEST_F(CApiPool, EachInstanceHasAWasiOfItsOwn) {
  wasmc_linker_define_wasi_for_stores(linker.get());
  const Pool pool = make(kWriter);
  const Instance instances[] = {Instance(wasmc_pool_acquire(pool.get(), nullptr)),
                                Instance(wasmc_pool_acquire(pool.get(), nullptr))};
  Capture captured[2];
  for (int i = 0; i < 2; ++i) {
    wasmc_wasi_config_t* config = wasmc_wasi_config_new();
    captured[i].reset(wasmc_wasi_config_capture(config, WASMC_STDOUT));
    ASSERT_TRUE(wasmc_instance_set_wasi(instances[i].get(), config));
  }
  EXPECT_EQ(callExport(instances[0], "write"), 0);
  EXPECT_EQ(wasmc_capture_size(captured[0].get()), 3U);
  EXPECT_EQ(wasmc_capture_size(captured[1].get()), 0U);
}

}  // namespace
}  // namespace wasmc::test
