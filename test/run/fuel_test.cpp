// Fuel: each count is the same at all levels of optimisation, and what the definition (docs/abi.md) says.
#include "guest.h"

namespace wasmc::test {
namespace {

class Fuel : public testing::TestWithParam<const char*> {
 protected:
  static constexpr uint64_t kPlenty = 1'000'000'000;

  // What the call of the export "f" uses; its result or error is left behind.
  template <typename... A>
  uint64_t used(const Instance& instance, A... args) {
    guest.store.setFuel(kPlenty);
    result = get<int32_t(A...)>(instance, "f")(args...);
    return kPlenty - guest.store.fuel();
  }

  Guest guest{GetParam() + std::string(" --fuel")};
  Result<int32_t> result = 0;
};
INSTANTIATE_TEST_SUITE_P(O, Fuel, testing::Values("0", "1", "2", "3"),
                         [](const auto& level) { return std::string(level.param); });

constexpr char kCount[] = R"((module
  (func (export "f") (param $n i32) (result i32) (local $i i32)
    (loop $l
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $l (i32.lt_u (local.get $i) (local.get $n))))
    (local.get $i))))";

TEST_P(Fuel, AnInstructionCostsOneAndStructureNothing) {
  const Instance instance = guest.instantiate(R"((module
    (func (export "f") (param i32) (result i32)
      (nop) (block (drop (i32.const 1))) (i32.add (local.get 0) (i32.const 1)))))");
  EXPECT_EQ(used(instance, 1), 4U);
}

TEST_P(Fuel, EachIterationOfALoopIsCounted) {
  const Instance instance = guest.instantiate(kCount);
  EXPECT_EQ(used(instance, 10), 81U);
  EXPECT_EQ(used(instance, 1'000'000), 8'000'001U);
}

TEST_P(Fuel, TheSideOfABranchThatIsNotTakenCostsNothing) {
  const Instance instance = guest.instantiate(R"((module
    (func (export "f") (param i32) (result i32)
      (if (result i32) (local.get 0)
        (then (i32.const 1))
        (else (i32.mul (i32.const 2) (i32.const 3)))))))");
  EXPECT_EQ(used(instance, 1), 3U);
  EXPECT_EQ(used(instance, 0), 5U);
}

TEST_P(Fuel, ABranchTableCostsOneAndWhatItLeadsTo) {
  const Instance instance = guest.instantiate(R"((module
    (func (export "f") (param i32) (result i32)
      (block $c (block $b (block $a (br_table $a $b $c (local.get 0)))
        (return (i32.const 1)))
        (return (i32.add (i32.const 1) (i32.const 1))))
      (i32.const 3))))");
  EXPECT_EQ(used(instance, 0), 4U);
  EXPECT_EQ(used(instance, 1), 6U);
  EXPECT_EQ(used(instance, 9), 3U);
}

TEST_P(Fuel, CallsAndSeveralResultsAreCountedInTheCallee) {
  const Instance instance = guest.instantiate(R"((module
    (table 1 funcref) (elem (i32.const 0) $three)
    (func $three (result i32 i32 i32) (i32.const 1) (i32.const 2) (i32.const 3))
    (func (export "f") (result i32)
      (call $three) (drop) (drop) (call_indirect (result i32 i32 i32) (i32.const 0)) (i32.add) (i32.add) (i32.add))))");
  EXPECT_EQ(used(instance), 6U + 3U + 3U);
}

TEST_P(Fuel, TailCallsAreCounted) {
  const Instance instance = guest.instantiate(R"((module
    (func $down (export "f") (param i32) (result i32)
      (if (i32.eqz (local.get 0)) (then (return (i32.const 42))))
      (return_call $down (i32.sub (local.get 0) (i32.const 1))))))");
  EXPECT_EQ(used(instance, 1000), 1000U * 7 + 5);
}

TEST_P(Fuel, ExceptionsKeepTheCountOfWhereTheyWereThrown) {
  const Instance instance = guest.instantiate(R"((module (tag $t (param i32))
    (func $throw (param i32) (throw $t (i32.add (local.get 0) (i32.const 1))))
    (func (export "f") (param i32) (result i32)
      (try (result i32) (do (call $throw (local.get 0)) (i32.const 0))
        (catch $t (i32.const 10) (i32.add))))))");
  EXPECT_EQ(used(instance, 1), 3U + 4U + 2U);
  EXPECT_EQ(value(result), 12);
}

TEST_P(Fuel, BulkOperationsCostByTheirLength) {
  const Instance instance = guest.instantiate(R"((module
    (memory 1) (table 100 funcref) (data "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")
    (func (export "f") (param i32) (result i32)
      (memory.fill (i32.const 0) (i32.const 1) (local.get 0))
      (memory.copy (i32.const 9) (i32.const 0) (local.get 0))
      (memory.init 0 (i32.const 0) (i32.const 0) (i32.const 64))
      (table.fill 0 (i32.const 0) (ref.null func) (i32.const 100))
      (i32.const 0))))");
  EXPECT_EQ(used(instance, 6400), 17U + 100 + 100 + 1 + 100);
}

TEST_P(Fuel, ABlockThatTrapsIsPaidForAsAWhole) {
  const Instance instance = guest.instantiate(R"((module
    (func (export "f") (param i32) (result i32)
      (if (local.get 0) (then (return (i32.const 1))))
      (drop (i32.div_u (i32.const 1) (local.get 0)))
      (i32.mul (i32.const 2) (i32.const 3)))))");
  EXPECT_EQ(used(instance, 0), 2U + 6U);
  EXPECT_EQ(trapOf(result), TrapCode::IntegerDivideByZero);
}

TEST_P(Fuel, ATrapInACalleeCountsAllActiveBlocks) {
  const Instance instance = guest.instantiate(R"((module (memory 1)
    (func $inner (param i32) (result i32) (unreachable))
    (func (export "f") (param i32) (result i32)
      (i32.store (i32.const 0) (local.get 0))
      (i32.add (call $inner (local.get 0)) (i32.const 1)))))");
  EXPECT_EQ(used(instance, 1), 7U + 1U);
}

TEST_P(Fuel, AFaultOfMemoryTakesAllThatIsLeft) {
  const Instance instance = guest.instantiate(R"((module (memory 1)
    (func (export "f") (param i32) (result i32) (i32.load (local.get 0)))))");
  EXPECT_EQ(used(instance, 0), 2U);
  EXPECT_EQ(used(instance, 0x10000), kPlenty);
  EXPECT_EQ(trapOf(result), TrapCode::MemoryOutOfBounds);
}

TEST_P(Fuel, WithExplicitBoundsAFaultOfMemoryIsLikeAnyTrap) {
  const Guest other(GetParam() + std::string(" --fuel --bounds=explicit"));
  const Instance instance = other.instantiate(R"((module (memory 1)
    (func (export "f") (param i32) (result i32) (i32.load (local.get 0)))))");
  other.store.setFuel(100);
  EXPECT_EQ(trapOf(get<int32_t(int32_t)>(instance, "f")(0x10000)), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(other.store.fuel(), 98U);
}

TEST_P(Fuel, HostFunctionsSeeWhatIsLeftAndMayAdd) {
  std::vector<uint64_t> seen;
  guest.linker.define("env", "look", [&](Caller& caller) {
    seen.push_back(caller.store().fuel());
    caller.store().addFuel(1000);
  });
  const Instance instance = guest.instantiate(R"((module (import "env" "look" (func $look))
    (func (export "f") (result i32) (call $look) (call $look)
      (block (br_if 0 (i32.const 1))) (call $look) (i32.const 0))))");
  guest.store.setFuel(100);
  EXPECT_EQ(value(get<int32_t()>(instance, "f")()), 0);
  // The first block: two calls, const, br_if; then nothing up to `end`; then the last two instructions.
  EXPECT_EQ(seen, (std::vector<uint64_t>{96, 1096, 2094}));
  EXPECT_EQ(guest.store.fuel(), 3094U);
}

TEST_P(Fuel, AllInstancesOfAStoreShareIt) {
  guest.linker.defineInstance("other", guest.instantiate(R"((module
    (func (export "two") (result i32) (i32.add (i32.const 1) (i32.const 1)))))"));
  const Instance instance = guest.instantiate(R"((module (import "other" "two" (func $two (result i32)))
    (func (export "f") (result i32) (i32.add (call $two) (call $two)))))");
  EXPECT_EQ(used(instance), 3U + 3 + 3);
}

TEST_P(Fuel, ALoopEndsWhenItIsUsedUp) {
  const Instance instance = guest.instantiate(R"((module
    (func (export "f") (result i32) (loop $l (br $l)) (i32.const 0))))");
  guest.store.setFuel(1'000'000);
  const Result<int32_t> ended = get<int32_t()>(instance, "f")();
  EXPECT_EQ(trapOf(ended), TrapCode::OutOfFuel);
  EXPECT_EQ(ended.error().code, ErrorCode::FuelExhausted);
  ASSERT_EQ(ended.error().trap->frames().size(), 1U);
  EXPECT_TRUE(ended.error().trap->frames()[0].offset);
  EXPECT_EQ(guest.store.fuel(), 0U);
}

TEST_P(Fuel, AStoreInALoopHappensOnlyInPaidIterations) {
  const Instance instance = guest.instantiate(R"((module (memory (export "memory") 1)
    (func (export "f") (param $n i32) (result i32) (local $i i32)
      (loop $l
        (i32.store8 (local.get $i) (i32.const 1))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $l (i32.lt_u (local.get $i) (local.get $n))))
      (local.get $i))))");
  guest.store.setFuel(11 * 100 + 5);
  EXPECT_EQ(trapOf(get<int32_t(int32_t)>(instance, "f")(5000)), TrapCode::OutOfFuel);
  const Memory memory = instance.memory("memory").value();
  EXPECT_EQ(value(memory.read<uint8_t>(99)), 1);
  EXPECT_EQ(value(memory.read<uint8_t>(100)), 0);
}

TEST_P(Fuel, RecursionEndsWhenItIsUsedUp) {
  const Instance instance = guest.instantiate(R"((module
    (func $f (export "f") (param i32) (result i32)
      (i32.add (i32.const 1) (call $f (i32.add (local.get 0) (i32.const 1)))))))");
  guest.store.setFuel(600);
  const Result<int32_t> ended = get<int32_t(int32_t)>(instance, "f")(0);
  EXPECT_EQ(trapOf(ended), TrapCode::OutOfFuel);
  EXPECT_EQ(ended.error().trap->frames().size(), 101U);
}

TEST_P(Fuel, ALongBulkOperationEndsBeforeItBegins) {
  const Instance instance = guest.instantiate(R"((module (memory (export "memory") 1)
    (func (export "f") (result i32)
      (memory.fill (i32.const 0) (i32.const 1) (i32.const 65536)) (i32.const 0))))");
  guest.store.setFuel(1000);
  EXPECT_EQ(trapOf(get<int32_t()>(instance, "f")()), TrapCode::OutOfFuel);
  EXPECT_EQ(value(instance.memory("memory").value().read<uint8_t>(0)), 0);
}

TEST_P(Fuel, MoreFuelLetsNewCallsRun) {
  const Instance instance = guest.instantiate(kCount);
  guest.store.setFuel(50);
  const auto f = get<int32_t(int32_t)>(instance, "f");
  EXPECT_EQ(trapOf(f(10)), TrapCode::OutOfFuel);
  guest.store.addFuel(100);
  EXPECT_EQ(value(f(10)), 10);
}

TEST_P(Fuel, AStoreThatWasGivenNoneIsUnlimited) {
  const Instance instance = guest.instantiate(kCount);
  EXPECT_EQ(value(get<int32_t(int32_t)>(instance, "f")(10)), 10);
  EXPECT_EQ(guest.store.fuel(), Store::kUnlimitedFuel - 81);
}

TEST(FuelOfStores, AnUnlimitedOneSurvivesAFaultOfMemory) {
  const Guest guest("2 --fuel");
  const Instance instance = guest.instantiate(R"((module (memory 1)
    (func (export "f") (param i32) (result i32) (i32.load (local.get 0)))))");
  const auto f = get<int32_t(int32_t)>(instance, "f");
  EXPECT_EQ(trapOf(f(0x10000)), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(value(f(0)), 0);
}

TEST(FuelOfStores, CodeThatDoesNotCountUsesNone) {
  const Guest guest;
  guest.store.setFuel(5);
  EXPECT_EQ(value(get<int32_t(int32_t)>(guest.instantiate(kCount), "f")(10)), 10);
  EXPECT_EQ(guest.store.fuel(), 5U);
}

TEST(FuelOfStores, AddingSaturates) {
  const Store store{Engine()};
  store.setFuel(UINT64_MAX);
  store.addFuel(UINT64_MAX);
  EXPECT_EQ(store.fuel(), Store::kUnlimitedFuel);
}

TEST(FuelOfStores, AModuleSaysThatItCounts) {
  EXPECT_EQ(Guest("2 --fuel").load(kCount).modes(), std::vector<std::string>{"--fuel"});
  EXPECT_EQ(Guest("2").load(kCount).modes(), std::vector<std::string>());
}

}  // namespace
}  // namespace wasmc::test
