// Where a trap happened.
#include <algorithm>

#include "guest.h"

namespace wasmc::test {
namespace {

class Backtrace : public EachLevel {};
WASMC_EACH_LEVEL(Backtrace);

TEST_P(Backtrace, NamesFunctionsAndOffsets) {
  const Instance instance = guest.instantiate(R"((module $app
    (table 1 funcref) (elem (i32.const 0) $inner)
    (func $inner unreachable)
    (func (export "outer") (call_indirect (i32.const 0)))))");
  const Result<void> result = get<void()>(instance, "outer")();
  ASSERT_EQ(trapOf(result), TrapCode::Unreachable);
  const std::vector<Frame>& frames = result.error().trap->frames();
  ASSERT_EQ(frames.size(), 2u) << result.error().trap->str();
  EXPECT_EQ(frames[0].module, "app");
  EXPECT_EQ(frames[0].function, "inner");
  EXPECT_EQ(frames[0].function_index, 0u);
  EXPECT_EQ(frames[1].function, "outer");
  ASSERT_TRUE(frames[0].offset && frames[1].offset) << result.error().trap->str();
  EXPECT_LT(*frames[0].offset, *frames[1].offset);
}

TEST_P(Backtrace, NamesTheInlinedFunctionAndTheOneThatItIsIn) {
  const Instance instance = guest.instantiate(R"((module
    (func $divide (param i32) (result i32) (i32.div_u (i32.const 1) (local.get 0)))
    (func (export "outer") (param i32) (result i32) (call $divide (local.get 0)))))");
  const Result<int32_t> result = get<int32_t(int32_t)>(instance, "outer")(0);
  ASSERT_EQ(trapOf(result), TrapCode::IntegerDivideByZero);
  const std::vector<Frame>& frames = result.error().trap->frames();
  ASSERT_EQ(frames.size(), 2u) << result.error().trap->str();
  EXPECT_EQ(frames[0].function, "divide");
  EXPECT_TRUE(frames[0].offset);
  EXPECT_EQ(frames[1].function, "outer");
  EXPECT_TRUE(frames[1].offset);
}

TEST_P(Backtrace, HasTheCallsBetweenFunctionsThatWereInlinedIntoEachOther) {
  const Instance instance = guest.instantiate(R"((module
    (func $divide (param i32) (result i32) (i32.div_u (i32.const 1) (local.get 0)))
    (func $middle (param i32) (result i32) (i32.add (i32.const 1) (call $divide (local.get 0))))
    (func (export "outer") (param i32) (result i32) (i32.mul (call $middle (local.get 0)) (i32.const 3)))))");
  const Result<int32_t> result = get<int32_t(int32_t)>(instance, "outer")(0);
  ASSERT_EQ(trapOf(result), TrapCode::IntegerDivideByZero);
  const std::vector<Frame>& frames = result.error().trap->frames();
  ASSERT_EQ(frames.size(), 3u) << result.error().trap->str();
  EXPECT_EQ(frames[1].function, "middle");
  EXPECT_EQ(frames[2].function, "outer");
  ASSERT_TRUE(frames[0].offset && frames[1].offset && frames[2].offset) << result.error().trap->str();
  EXPECT_LT(*frames[0].offset, *frames[1].offset);
  EXPECT_LT(*frames[1].offset, *frames[2].offset);
}

// Recursion of a given depth that the optimiser cannot flatten.
constexpr char kRecursion[] = R"((module
  (table 1 funcref) (elem (i32.const 0) $down)
  (func (export "first") (param i32) (call $down (local.get 0)))
  (func $down (param i32)
    (if (i32.eqz (local.get 0)) (then unreachable))
    (call_indirect (param i32) (i32.sub (local.get 0) (i32.const 1)) (i32.const 0))
    (call_indirect (param i32) (i32.const 0) (i32.const 0)))))";

TEST_P(Backtrace, OfADeepStackIsCutInTheMiddle) {
  const Result<void> result = get<void(int32_t)>(guest.instantiate(kRecursion), "first")(1000);
  ASSERT_EQ(trapOf(result), TrapCode::Unreachable);
  const Trap& trap = *result.error().trap;
  EXPECT_GE(trap.frames().size(), 128u);
  EXPECT_GE(trap.omittedAfter(), 64u);
  EXPECT_GE(trap.omitted(), 1001u - 128u);
  EXPECT_EQ(trap.frames().front().function, "down");
  EXPECT_EQ(trap.frames().back().function, "first");
}

TEST_P(Backtrace, OfADeepStackIsWholeIfTheEngineWantsItFull) {
  EngineOptions options;
  options.backtraces = Backtraces::Full;
  Guest all(GetParam(), options);
  const Result<void> result = get<void(int32_t)>(all.instantiate(kRecursion), "first")(20'000);
  ASSERT_EQ(trapOf(result), TrapCode::Unreachable);
  const Trap& trap = *result.error().trap;
  EXPECT_EQ(trap.omitted(), 0u);
  EXPECT_EQ(std::ranges::count(trap.frames(), "down", &Frame::function), 20'001);
  EXPECT_EQ(trap.frames().back().function, "first");
}

TEST_P(Backtrace, OfAnExhaustedStackHasItsInnermostFrames) {
  const Result<void> result = get<void(int32_t)>(guest.instantiate(kRecursion), "first")(1 << 30);
  ASSERT_EQ(trapOf(result), TrapCode::StackExhausted);
  const Trap& trap = *result.error().trap;
  EXPECT_EQ(trap.frames().size(), 64u);
  EXPECT_EQ(trap.frames().front().function, "down");
  EXPECT_GT(trap.omitted(), 9000u);
}

TEST_P(Backtrace, OfAStackThatEndsInsideOfALargeFrameIsWhole) {
  // A call needs four pages or more for its results, which the prologue probes one by one or in a loop.
  std::string results = "(result";
  for (int i = 0; i < 800; ++i) results += " i32";
  results += ")";
  const Instance instance = guest.instantiate("(module (type $large (func " + results + R"())
    (table 1 funcref) (elem (i32.const 0) $down)
    (func $down (type $large) (call_indirect (type $large) (i32.const 0)))
    (func (export "first") (call $down) unreachable)))");
  const Result<void> result = get<void()>(instance, "first")();
  ASSERT_EQ(trapOf(result), TrapCode::StackExhausted);
  const Trap& trap = *result.error().trap;
  EXPECT_EQ(trap.frames().front().function, "down");
  EXPECT_EQ(trap.frames().back().function, "first");
  EXPECT_GT(trap.frames().size() + trap.omitted(), 250u);  // 8 MiB of frames of 32 KiB at most
}

TEST_P(Backtrace, IsEmptyIfTheEngineWantsNone) {
  EngineOptions options;
  options.backtraces = Backtraces::None;
  Guest quiet(GetParam(), options);
  const Instance instance = quiet.instantiate(R"((module (func (export "f") unreachable)))");
  const Result<void> result = get<void()>(instance, "f")();
  ASSERT_EQ(trapOf(result), TrapCode::Unreachable);
  EXPECT_TRUE(result.error().trap->frames().empty());
}

TEST_P(Backtrace, StopsAtTheHostFunctionThatCalledBack) {
  guest.linker.define("env", "again", [](Caller& caller) -> Result<void> {
    return (*caller.instance()->func<void()>("inner"))();
  });
  const Instance instance = guest.instantiate(R"((module
    (import "env" "again" (func $again))
    (func $inner (export "inner") unreachable)
    (func $outer (export "outer") (call $again))))");
  const Result<void> result = get<void()>(instance, "outer")();
  ASSERT_EQ(trapOf(result), TrapCode::Unreachable);
  ASSERT_EQ(result.error().trap->frames().size(), 1u) << result.error().trap->str();
  EXPECT_EQ(result.error().trap->frames()[0].function, "inner");
}

}  // namespace
}  // namespace wasmc::test
