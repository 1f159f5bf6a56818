// Pools of instances: what one user of an instance leaves, the next does not see.
#include <wasmc/pool.h>

#include <atomic>
#include <set>
#include <thread>

#include "guest.h"

namespace wasmc::test {
namespace {

// Everything that a guest can change: two memories (the image of one can be mapped), globals, tables,
// segments.
constexpr char kState[] = R"((module
  (import "env" "fail" (func $fail))
  (memory $m (export "memory") 2 8)
  (memory $n (export "second") 1 2)
  (data (memory $m) (i32.const 16) "initial")
  (data (memory $n) (i32.const 8) "other")
  (data $passive "passive")
  (global $g (export "global") (mut i64) (i64.const 5))
  (global $v (mut v128) (v128.const i64x2 1 2))
  (table $t (export "table") 3 10 funcref)
  (table $x (export "externs") 2 externref)
  (elem (table $t) (i32.const 1) func $seven)
  (elem $later func $seven $seven)
  (func $seven (export "seven") (result i32) (i32.const 7))
  (func (export "load") (param i32) (result i32) (i32.load8_u $m (local.get 0)))
  (func (export "load_second") (param i32) (result i32) (i32.load8_u $n (local.get 0)))
  (func (export "grow") (param i32) (result i32) (memory.grow $m (local.get 0)))
  (func (export "lane") (result i64) (i64x2.extract_lane 1 (global.get $v)))
  (func (export "call") (param i32) (result i32) (call_indirect $t (result i32) (local.get 0)))
  (func (export "init") (memory.init $m $passive (i32.const 100) (i32.const 0) (i32.const 7))
    (table.init $t $later (i32.const 0) (i32.const 0) (i32.const 2)))
  (func $spoil (export "spoil") (param externref)
    (memory.fill $m (i32.const 0) (i32.const 255) (i32.const 131072))
    (memory.fill $n (i32.const 0) (i32.const 255) (i32.const 65536))
    (drop (memory.grow $m (i32.const 3)))
    (i32.store8 $m (i32.const 200000) (i32.const 255))
    (drop (memory.grow $n (i32.const 1)))
    (global.set $g (i64.const -1))
    (global.set $v (v128.const i64x2 -1 -1))
    (drop (table.grow $t (ref.func $seven) (i32.const 4)))
    (table.fill $t (i32.const 0) (ref.func $seven) (i32.const 7))
    (table.set $t (i32.const 1) (ref.null func))
    (table.fill $x (i32.const 0) (local.get 0) (i32.const 2))
    (data.drop $passive) (elem.drop $later))
  (func (export "spoil_and_trap") (call $spoil (ref.null extern)) (unreachable))
  (func (export "spoil_and_fail") (call $spoil (ref.null extern)) (call $fail))))";

class Pool : public testing::Test {
 protected:
  Pool() {
    guest.linker.define("env", "fail", []() -> Result<void> { return error(ErrorCode::Host, "failed"); });
  }
  InstancePool make(std::string_view wat, const PoolOptions& options = {.max_instances = 1}) const {
    Result<InstancePool> pool = InstancePool::create(guest.linker, guest.load(wat), options);
    EXPECT_TRUE(pool) << pool.error().message;
    return *std::move(pool);
  }
  static PooledInstance acquire(const InstancePool& pool) {
    Result<PooledInstance> instance = pool.acquire();
    EXPECT_TRUE(instance) << instance.error().message;
    return *std::move(instance);
  }

  Guest guest;
};

// That an instance of kState is as a new one.
void expectInitial(const Instance& instance) {
  for (const char* name : {"memory", "second"}) {
    const Memory memory = *instance.memory(name);
    const bool first = name == std::string_view("memory");
    EXPECT_EQ(memory.pages(), first ? 2u : 1u);
    std::string expected(memory.byteSize(), '\0');
    expected.replace(first ? 16 : 8, first ? 7 : 5, first ? "initial" : "other");
    EXPECT_TRUE(*memory.string(0, memory.byteSize()) == expected) << name;
  }
  EXPECT_EQ(instance.global("global")->get().i64(), 5);
  EXPECT_EQ(value(get<int64_t()>(instance, "lane")()), 2);
  const Table table = *instance.table("table");
  ASSERT_EQ(table.size(), 3u);
  EXPECT_TRUE(table.get(0)->isNull() && table.get(2)->isNull());
  EXPECT_EQ(value(get<int32_t(int32_t)>(instance, "call")(1)), 7);
  const Table externs = *instance.table("externs");
  ASSERT_EQ(externs.size(), 2u);
  EXPECT_TRUE(externs.get(0)->isNull() && externs.get(1)->isNull());
}

TEST_F(Pool, AnInstanceThatComesBackIsAsNew) {
  const InstancePool pool = make(kState);
  {
    const PooledInstance used = acquire(pool);
    expectInitial(used.instance());
    const ExternRef object = ExternRef::create(used.store(), 1);
    EXPECT_TRUE(get<void(ExternRef)>(used.instance(), "spoil")(object));
    EXPECT_EQ(used.instance().memory("memory")->pages(), 5u);
  }
  expectInitial(acquire(pool).instance());
}

TEST_F(Pool, AnInstanceIsAsNewAfterATrap) {
  const InstancePool pool = make(kState);
  EXPECT_EQ(trapOf(get<void()>(acquire(pool).instance(), "spoil_and_trap")()), TrapCode::Unreachable);
  expectInitial(acquire(pool).instance());
}

TEST_F(Pool, AnInstanceIsAsNewAfterAHostFunctionFailed) {
  const InstancePool pool = make(kState);
  {
    const PooledInstance used = acquire(pool);
    EXPECT_EQ(get<void()>(used.instance(), "spoil_and_fail")().error().code, ErrorCode::Host);
  }
  expectInitial(acquire(pool).instance());
}

TEST_F(Pool, AnImageThatIsCopiedIsRestored) {
  const Guest copying("2", {.copy_memory_image = true});
  guest.engine = copying.engine;
  const InstancePool pool = make(kState);
  EXPECT_EQ(trapOf(get<void()>(acquire(pool).instance(), "spoil_and_trap")()), TrapCode::Unreachable);
  expectInitial(acquire(pool).instance());
}

TEST_F(Pool, DroppedSegmentsAreBack) {
  const InstancePool pool = make(kState);
  EXPECT_EQ(trapOf(get<void()>(acquire(pool).instance(), "spoil_and_trap")()), TrapCode::Unreachable);
  const PooledInstance next = acquire(pool);
  EXPECT_TRUE(get<void()>(next.instance(), "init")());
  EXPECT_EQ(value(get<int32_t(int32_t)>(next.instance(), "load")(100)), 'p');
  EXPECT_EQ(value(get<int32_t(int32_t)>(next.instance(), "call")(0)), 7);
}

TEST_F(Pool, PagesThatAnotherGrewTrapAndAreZeroWhenTheyAreThereAgain) {
  const InstancePool pool = make(kState);
  EXPECT_EQ(trapOf(get<void()>(acquire(pool).instance(), "spoil_and_trap")()), TrapCode::Unreachable);
  const PooledInstance next = acquire(pool);
  const auto load = get<int32_t(int32_t)>(next.instance(), "load");
  EXPECT_EQ(trapOf(load(2 * 65536)), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(trapOf(load(200000)), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(trapOf(get<int32_t(int32_t)>(next.instance(), "load_second")(65536)),
            TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(value(get<int32_t(int32_t)>(next.instance(), "grow")(6)), 2);
  EXPECT_EQ(value(load(200000)), 0);
  EXPECT_EQ(trapOf(load(8 * 65536)), TrapCode::MemoryOutOfBounds);
}

TEST_F(Pool, WhatGrowthTookFromALimitIsGivenBack) {
  const InstancePool pool = make(kState, {.max_instances = 1, .limits = {.memory_bytes = 6 * 65536}});
  for (int i = 0; i < 3; ++i) {
    const PooledInstance used = acquire(pool);
    EXPECT_EQ(value(get<int32_t(int32_t)>(used.instance(), "grow")(3)), 2);
    EXPECT_EQ(value(get<int32_t(int32_t)>(used.instance(), "grow")(1)), -1);
  }
}

TEST_F(Pool, WhatWasAddedToAStoreEndsWithItsUse) {
  const InstancePool pool = make(kState);
  const auto token = std::make_shared<int>();
  {
    const PooledInstance used = acquire(pool);
    const StoreRef store = used.store();
    store.setData(token);
    (void)ExternRef::create(store, token);
    (void)Func::wrap(store, [token] { (void)token; });
    EXPECT_TRUE(Memory::create(store, {{1, {}}}));
    EXPECT_TRUE(Table::create(store, {ValType::funcref(), {1, {}}}, Val::null(ValType::funcref())));
    (void)Tag::create(store, {});
    EXPECT_TRUE(guest.linker.instantiate(store, guest.load("(module (memory 1))")));
    EXPECT_EQ(token.use_count(), 4);
  }
  EXPECT_EQ(token.use_count(), 1);
  const PooledInstance next = acquire(pool);
  EXPECT_FALSE(next.store().data<std::shared_ptr<int>>());
  expectInitial(next.instance());
}

constexpr char kStart[] = R"((module
  (import "env" "started" (func $started (result i32)))
  (memory (export "memory") 1)
  (func $start (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (call $started))))
  (start $start)))";

TEST_F(Pool, TheStartFunctionRunsForEachUserWithItsHostData) {
  guest.linker.define("env", "started", [](Caller& caller) { return *caller.data<int32_t>(); });
  const InstancePool pool = make(kStart);
  for (int32_t i : {3, 4, 5}) {
    const Result<PooledInstance> used = pool.acquire([i](StoreRef store) { store.setData(i); });
    ASSERT_TRUE(used) << used.error().message;
    EXPECT_EQ(*used->instance().memory("memory")->read<int32_t>(0), i);
  }
}

TEST_F(Pool, BoundsOfExecutionAreAsNew) {
  const InstancePool pool = make("(module)");
  {
    const PooledInstance used = acquire(pool);
    used.store().setFuel(5);
    used.store().setEpochDeadline(1);
  }
  EXPECT_EQ(acquire(pool).store().fuel(), StoreRef::kUnlimitedFuel);
}

// A loop that ends, and whose end LLVM does not know.
constexpr char kCollatz[] = R"((module (func (export "f") (param i32) (result i32)
  (loop $l
    (local.set 0 (select (i32.shr_u (local.get 0) (i32.const 1))
      (i32.add (i32.mul (local.get 0) (i32.const 3)) (i32.const 1))
      (i32.eqz (i32.and (local.get 0) (i32.const 1)))))
    (br_if $l (i32.ne (local.get 0) (i32.const 1))))
  (local.get 0))))";

TEST_F(Pool, AnEpochDeadlineEndsWithItsUse) {
  const Guest counting("2 --epochs");
  guest.engine = counting.engine;
  const Result<InstancePool> pool =
      InstancePool::create(guest.linker, counting.load(kCollatz), {.max_instances = 1});
  ASSERT_TRUE(pool) << pool.error().message;
  {
    const PooledInstance used = acquire(*pool);
    used.store().setEpochDeadline(0);
    EXPECT_EQ(trapOf(get<int32_t(int32_t)>(used.instance(), "f")(27)), TrapCode::Interrupted);
  }
  EXPECT_EQ(value(get<int32_t(int32_t)>(acquire(*pool).instance(), "f")(27)), 1);
}

TEST_F(Pool, AMemoryThatIsSharedBeyondItsUseCountsAgainstNobodyElse) {
  const InstancePool pool = make(kState, {.max_instances = 1, .limits = {.memory_bytes = 5 * 65536}});
  std::optional<SharedMemory> kept;
  {
    const PooledInstance used = acquire(pool);
    const Result<Memory> memory = Memory::create(used.store(), {{.min = 2, .max = 2, .shared = true}});
    ASSERT_TRUE(memory) << memory.error().message;
    kept = *memory->shared();
  }
  const PooledInstance next = acquire(pool);
  EXPECT_EQ(value(get<int32_t(int32_t)>(next.instance(), "grow")(2)), 2);
}

TEST_F(Pool, AStartFunctionThatFailsTakesNoInstanceAway) {
  guest.linker.define("env", "started", [](Caller& caller) -> Result<int32_t> {
    if (!caller.data<int32_t>()) return error(ErrorCode::Host, "no data");
    return 9;
  });
  const InstancePool pool = make(kStart);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(pool.acquire().error().code, ErrorCode::Host);
  EXPECT_TRUE(pool.acquire([](StoreRef store) { store.setData(int32_t{1}); }));
}

TEST_F(Pool, HasABoundAndSaysSo) {
  const InstancePool pool = make(kState, {.max_instances = 2});
  std::optional<PooledInstance> first = acquire(pool);
  const PooledInstance second = acquire(pool);
  const Result<PooledInstance> third = pool.acquire();
  EXPECT_EQ(third.error().code, ErrorCode::Limit);
  EXPECT_EQ(third.error().message, "all instances of the pool are in use; PoolOptions::max_instances is 2");
  first.reset();
  EXPECT_TRUE(pool.acquire());
}

TEST_F(Pool, TakesNoMoreWarmInstancesThanItMayHave) {
  const Result<InstancePool> pool =
      InstancePool::create(guest.linker, guest.load(kState), {.max_instances = 1, .warm_instances = 2});
  EXPECT_EQ(pool.error().message, "PoolOptions::warm_instances (2) is more than max_instances (1)");
}

TEST_F(Pool, HandsOutDifferentInstancesAndReusesThem) {
  const InstancePool pool = make(kState, {.max_instances = 3, .warm_instances = 2});
  std::set<const void*> seen;
  for (int round = 0; round < 3; ++round) {
    const PooledInstance a = acquire(pool), b = acquire(pool);
    EXPECT_NE(a.instance(), b.instance());
    seen.insert({a.instance().impl(), b.instance().impl()});
  }
  EXPECT_EQ(seen.size(), 2u);
}

TEST_F(Pool, MissingImportsAreFoundWhenItIsMade) {
  const Result<InstancePool> pool = InstancePool::create(Linker(guest.engine), guest.load(kState), {});
  EXPECT_EQ(pool.error().code, ErrorCode::Link);
}

TEST_F(Pool, DoesNotTakeThingsOfAStore) {
  guest.linker.define("env", "memory", *Memory::create(guest.store, {{1, {}}}));
  const Module module = guest.load(R"((module (import "env" "memory" (memory 1))))");
  const Result<InstancePool> pool = InstancePool::create(guest.linker, module, {});
  EXPECT_EQ(pool.error().code, ErrorCode::Link);
}

TEST_F(Pool, MayEndBeforeItsInstances) {
  std::optional<InstancePool> pool = make(kState);
  const PooledInstance used = acquire(*pool);
  pool.reset();
  expectInitial(used.instance());
}

TEST_F(Pool, AnInstanceIsGivenBackByWhoeverHasItLast) {
  const InstancePool pool = make(kState);
  PooledInstance used = acquire(pool);
  const PooledInstance moved = std::move(used);
  EXPECT_FALSE(pool.acquire());
  expectInitial(moved.instance());
}

TEST_F(Pool, ASharedMemoryThatAnotherStillHasIsReplaced) {
  const InstancePool pool = make(R"((module (memory (export "memory") 1 1 shared)))");
  const SharedMemory kept = *acquire(pool).instance().memory("memory")->shared();
  kept.data()[0] = 1;
  const SharedMemory next = *acquire(pool).instance().memory("memory")->shared();
  EXPECT_NE(next.data(), kept.data());
  EXPECT_EQ(next.data()[0], 0);
}

TEST_F(Pool, AnImportedSharedMemoryIsLeftAlone) {
  const SharedMemory memory = *SharedMemory::create({{.min = 1, .max = 1, .shared = true}});
  guest.linker.define("env", "memory", memory);
  const InstancePool pool = make(R"((module (import "env" "memory" (memory 1 1 shared))
    (func (export "set") (i32.store (i32.const 0) (i32.const 7)))))");
  EXPECT_TRUE(get<void()>(acquire(pool).instance(), "set")());
  EXPECT_EQ(memory.data()[0], 7);
}

// Each use of an instance marks it, and must not see the mark of another.
constexpr char kMark[] = R"((module
  (import "env" "check" (func $check (param i32) (result i32)))
  (memory 1) (data (i32.const 4) "\01")
  (global $g (mut i32) (i32.const 0))
  (table $t 2 funcref)
  (func $f (export "mark") (param i32) (result i32)
    (local $seen i32)
    (local.set $seen (i32.or (i32.or (i32.load (i32.const 0)) (global.get $g))
      (i32.eqz (i32.and (ref.is_null (table.get $t (i32.const 1))) (i32.load8_u (i32.const 4))))))
    (i32.store (i32.const 0) (local.get 0))
    (i32.store8 (i32.const 4) (i32.const 0))
    (global.set $g (local.get 0))
    (table.set $t (i32.const 1) (ref.func $f))
    (local.get $seen))
  (func (export "div") (param i32) (result i32) (i32.div_s (i32.const 6) (local.get 0)))
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "check") (param i32) (result i32) (call $check (local.get 0)))))";

// What one thread does; the number of calls that gave something unexpected.
int usePool(const InstancePool& pool, int rounds) {
  int wrong = 0;
  for (int i = 1; i <= rounds; ++i) {
    const Result<PooledInstance> used = pool.acquire();
    if (!used) return rounds;
    const Instance instance = used->instance();
    wrong += (*instance.func<int32_t(int32_t)>("mark"))(i) != 0;
    wrong += trapOf((*instance.func<int32_t(int32_t)>("div"))(0)) != TrapCode::IntegerDivideByZero;
    wrong += trapOf((*instance.func<int32_t(int32_t)>("load"))(-4)) != TrapCode::MemoryOutOfBounds;
    const auto check = *instance.func<int32_t(int32_t)>("check");
    wrong += check(2 * i) != 2 * i;
    wrong += check(2 * i + 1).error().code != ErrorCode::Host;
  }
  return wrong;
}

TEST_F(Pool, EightThreadsMakeTenThousandCallsEach) {
  guest.linker.define("env", "check", [](int32_t n) -> Result<int32_t> {
    if (n % 2 != 0) return error(ErrorCode::Host, "odd");
    return n;
  });
  const InstancePool pool = make(kMark, {.max_instances = 8});
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) threads.emplace_back([&] { wrong += usePool(pool, 2000); });
  for (std::thread& t : threads) t.join();
  EXPECT_EQ(wrong, 0);
}

TEST_F(Pool, AnInstanceMayBeGivenBackByAnotherThread) {
  const InstancePool pool = make(kState);
  std::optional<PooledInstance> used = acquire(pool);
  EXPECT_TRUE(get<void(ExternRef)>(used->instance(), "spoil")(ExternRef()));
  std::thread([&] { used.reset(); }).join();
  expectInitial(acquire(pool).instance());
}

TEST_F(Pool, TenThousandInstancesLiveAtATime) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || defined(WASMC_EMULATED)
  GTEST_SKIP() << "80 TiB of address space are not to be had here";
#endif
  guest.linker.define("env", "check", [](int32_t n) { return n; });
  const InstancePool pool = make(kMark, {.max_instances = 10'000, .warm_instances = 10'000});
  std::vector<PooledInstance> all;
  for (int i = 1; i <= 10'000; ++i) {
    all.push_back(acquire(pool));
    ASSERT_EQ(value(get<int32_t(int32_t)>(all.back().instance(), "mark")(i)), 0);
  }
  EXPECT_NE(value(get<int32_t(int32_t)>(all.front().instance(), "mark")(1)), 0);
  EXPECT_EQ(trapOf(get<int32_t(int32_t)>(all.back().instance(), "load")(65536)), TrapCode::MemoryOutOfBounds);
}

}  // namespace
}  // namespace wasmc::test
