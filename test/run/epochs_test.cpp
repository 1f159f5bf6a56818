// Epochs: guest code ends when the engine's epoch reaches the store's deadline.
#include "guest.h"

#include <thread>

namespace wasmc::test {
namespace {

class Epochs : public EachLevel {
 protected:
  Epochs() : EachLevel(" --epochs") {}
};
WASMC_EACH_LEVEL(Epochs);

constexpr char kForever[] = R"((module
  (global $n (mut i64) (i64.const 0))
  (func (export "loop") (result i32)
    (loop $l (global.set $n (i64.add (global.get $n) (i64.const 1))) (br $l)) (i32.const 0))
  (func $recurse (export "recurse") (param i64) (result i64)
    (loop $l (drop (call $small (local.get 0))) (br $l)) (i64.const 0))
  (func $small (param i64) (result i64) (i64.add (local.get 0) (i64.const 1)))
  (func $even (export "even") (param i64) (result i64) (return_call $odd (i64.add (local.get 0) (i64.const 1))))
  (func $odd (param i64) (result i64) (return_call $even (local.get 0)))))";

TEST_P(Epochs, AnotherThreadEndsALoop) {
  const Instance instance = guest.instantiate(kForever);
  guest.store.setEpochDeadline(1);
  std::thread other([&] { guest.engine.incrementEpoch(); });
  const Result<int32_t> ended = get<int32_t()>(instance, "loop")();
  other.join();
  EXPECT_EQ(trapOf(ended), TrapCode::Interrupted);
  EXPECT_EQ(ended.error().code, ErrorCode::Interrupted);
  ASSERT_FALSE(ended.error().trap->frames().empty());
  EXPECT_TRUE(ended.error().trap->frames()[0].offset);
}

TEST_P(Epochs, ALoopOfCallsEnds) {
  const Instance instance = guest.instantiate(kForever);
  guest.store.setEpochDeadline(1);
  std::thread other([&] { guest.engine.incrementEpoch(); });
  EXPECT_EQ(trapOf(get<int64_t(int64_t)>(instance, "recurse")(0)), TrapCode::Interrupted);
  other.join();
}

TEST_P(Epochs, TailCallsWithoutEndEnd) {
  const Instance instance = guest.instantiate(kForever);
  guest.store.setEpochDeadline(1);
  std::thread other([&] { guest.engine.incrementEpoch(); });
  EXPECT_EQ(trapOf(get<int64_t(int64_t)>(instance, "even")(0)), TrapCode::Interrupted);
  other.join();
}

// Counts in memory, which is vectorised where it may be, until the deadline that the host moves is there.
TEST_P(Epochs, AHostFunctionMovesTheDeadline) {
  int calls = 0;
  guest.linker.define("env", "tick", [&](Caller& caller) {
    caller.store().engine().incrementEpoch();
    if (++calls < 5) caller.store().setEpochDeadline(1);
  });
  const Instance instance = guest.instantiate(R"((module (import "env" "tick" (func $tick))
    (func (export "f") (result i32) (loop $l (call $tick) (br $l)) (i32.const 0))))");
  guest.store.setEpochDeadline(1);
  EXPECT_EQ(trapOf(get<int32_t()>(instance, "f")()), TrapCode::Interrupted);
  EXPECT_EQ(calls, 5);
}

TEST_P(Epochs, WithoutADeadlineNothingEnds) {
  const Instance instance = guest.instantiate(R"((module
    (func (export "f") (param i32) (result i32) (local $i i32)
      (loop $l (local.set $i (i32.add (local.get $i) (i32.const 1)))
               (br_if $l (i32.lt_u (local.get $i) (local.get 0))))
      (local.get $i))))");
  for (int i = 0; i < 1000; ++i) guest.engine.incrementEpoch();
  EXPECT_EQ(value(get<int32_t(int32_t)>(instance, "f")(100'000)), 100'000);
}

TEST_P(Epochs, ADeadlineThatHasPassedEndsLaterCallsUntilItIsMoved) {
  const Instance instance = guest.instantiate(R"((module
    (func $leaf (result i32) (i32.const 7))
    (table 1 funcref) (elem (i32.const 0) $leaf)
    (func (export "f") (result i32) (call_indirect (result i32) (i32.const 0)))))");
  guest.store.setEpochDeadline(0);
  const auto f = get<int32_t()>(instance, "f");
  EXPECT_EQ(trapOf(f()), TrapCode::Interrupted);
  EXPECT_EQ(trapOf(f()), TrapCode::Interrupted);
  guest.store.setEpochDeadline(1);
  EXPECT_EQ(value(f()), 7);
}

TEST_P(Epochs, StoresOfOneEngineHaveDeadlinesOfTheirOwn) {
  const Instance instance = guest.instantiate(kForever);
  const Store patient(guest.engine);
  patient.setEpochDeadline(1000);
  const Instance other = *guest.linker.instantiate(patient, guest.load(R"((module
    (func $leaf) (func (export "f") (result i32) (call $leaf) (i32.const 3))))"));
  guest.store.setEpochDeadline(1);
  guest.engine.incrementEpoch();
  EXPECT_EQ(trapOf(get<int32_t()>(instance, "loop")()), TrapCode::Interrupted);
  EXPECT_EQ(value(get<int32_t()>(other, "f")()), 3);
}

}  // namespace
}  // namespace wasmc::test
