// Exceptions of the legacy proposal: what catches what, and that each ends exactly once.
#include "guest.h"

#include <cstdlib>
#include <new>

namespace {
int64_t live_blocks = 0;  // aligned ones, as exceptions are
}

#ifndef __SANITIZE_THREAD__  // it has operators of its own; nothing is counted then
void* operator new(size_t size, std::align_val_t align) {
  ++live_blocks;
  const size_t a = static_cast<size_t>(align);
  return std::aligned_alloc(a, (size + a - 1) / a * a);
}
void operator delete(void* block, std::align_val_t) noexcept {
  --live_blocks;
  std::free(block);
}
void operator delete(void* block, size_t, std::align_val_t align) noexcept { operator delete(block, align); }
#endif

namespace wasmc::test {
namespace {

class Exceptions : public EachLevel {
 protected:
  // The result of `f(argument)`. Fails the test if an exception is left.
  Result<int32_t> run(const Instance& instance, int32_t argument, std::string_view name = "f") {
    const int64_t before = live_blocks;
    Result<int32_t> result = get<int32_t(int32_t)>(instance, name)(argument);
    EXPECT_EQ(live_blocks, before) << "exceptions that were not freed";
    return result;
  }
};
WASMC_EACH_LEVEL(Exceptions);

TEST_P(Exceptions, ACatchGetsTheValuesOfItsTag) {
  const Instance instance = guest.instantiate(R"((module
    (tag $t (param i32 i64 f32 f64 v128 externref))
    (func $throw (throw $t (i32.const 1) (i64.const 20) (f32.const 300) (f64.const 4000)
                           (v128.const i32x4 0 0 50000 0) (ref.null extern)))
    (func (export "f") (param i32) (result i32) (local $r externref) (local $v v128) (local $d f64) (local $s f32)
      (local $l i64)
      try (result i32) (call $throw) (i32.const 0)
      catch $t
        (local.set $r) (local.set $v) (local.set $d) (local.set $s) (local.set $l)
        (i32.add (i32.add (i32.wrap_i64 (local.get $l)) (i32.trunc_f32_s (local.get $s))))
        (i32.add (i32.trunc_f64_s (local.get $d)))
        (i32.add (i32x4.extract_lane 2 (local.get $v)))
        (i32.add (i32.mul (i32.const 600000) (ref.is_null (local.get $r))))
      end)))");
  EXPECT_EQ(value(run(instance, 0)), 654321);
}

// f(n): throws tag n, through a function that does not want it, and says who caught it.
constexpr char kWho[] = R"((module
  (tag $a) (tag $b) (tag $c)
  (func $throw (param i32)
    (if (i32.eq (local.get 0) (i32.const 0)) (then (throw $a)))
    (if (i32.eq (local.get 0) (i32.const 1)) (then (throw $b)))
    (if (i32.eq (local.get 0) (i32.const 2)) (then (throw $c))))
  (func $middle (param i32) (result i32)
    try (result i32) (call $throw (local.get 0)) (i32.const 10)
    catch $b (i32.const 11)
    end)
  (func (export "f") (param i32) (result i32)
    try (result i32) (call $middle (local.get 0))
    catch $b (i32.const 20)
    catch $a (i32.const 21)
    catch_all (i32.const 22)
    end))
)";

TEST_P(Exceptions, TheInnermostCatchOfTheTagTakesIt) {
  const Instance instance = guest.instantiate(kWho);
  EXPECT_EQ(value(run(instance, 0)), 21);
  EXPECT_EQ(value(run(instance, 1)), 11);
  EXPECT_EQ(value(run(instance, 2)), 22);
  EXPECT_EQ(value(run(instance, 3)), 10);
}

TEST_P(Exceptions, LocalsHaveTheValuesOfTheThrow) {
  const Instance instance = guest.instantiate(R"((module (tag $t)
    (func $maybe (param i32) (if (local.get 0) (then (throw $t))))
    (func (export "f") (param i32) (result i32) (local $i i32)
      try
        (local.set $i (i32.const 1)) (call $maybe (i32.eq (local.get 0) (i32.const 1)))
        (local.set $i (i32.const 2)) (call $maybe (i32.eq (local.get 0) (i32.const 2)))
        (local.set $i (i32.const 3))
      catch_all (local.set $i (i32.mul (local.get $i) (i32.const 100)))
      end
      (local.get $i))))");
  EXPECT_EQ(value(run(instance, 1)), 100);
  EXPECT_EQ(value(run(instance, 2)), 200);
  EXPECT_EQ(value(run(instance, 3)), 3);
}

TEST_P(Exceptions, ALoopThrowsAndCatchesManyTimes) {
  const Instance instance = guest.instantiate(R"((module (tag $t (param i32))
    (func $throw (param i32) (throw $t (local.get 0)))
    (func (export "f") (param i32) (result i32) (local $sum i32)
      (loop $again
        try
          (call $throw (local.get 0))
        catch $t
          (local.set $sum (i32.add (local.get $sum)))
          (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
          (br_if $again (local.get 0))
        end)
      (local.get $sum))))");
  EXPECT_EQ(value(run(instance, 1000)), 500500);
}

TEST_P(Exceptions, ARethrowGoesToTheCatchOfItsDepth) {
  const Instance instance = guest.instantiate(R"((module (tag $a (param i32)) (tag $b)
    (func $throw_a (throw $a (i32.const 7))) (func $throw_b (throw $b))
    (func (export "f") (param i32) (result i32)
      try (result i32)
        try (result i32) (call $throw_a) (i32.const 1)
        catch $a
          drop
          try (result i32) (call $throw_b) (i32.const 2)
          catch_all
            (if (local.get 0) (then (rethrow 1)))
            (rethrow 1)
          end
        end
      catch $a (i32.add (i32.const 100))
      catch $b (i32.const 200)
      end)))");
  EXPECT_EQ(value(run(instance, 0)), 107);
  EXPECT_EQ(value(run(instance, 1)), 200);
}

TEST_P(Exceptions, ARethrowMayBeCaughtInTheClauseAndRepeated) {
  const Instance instance = guest.instantiate(R"((module (tag $t (param i32))
    (func $throw (throw $t (i32.const 7)))
    (func (export "f") (param i32) (result i32)
      try $clause (result i32) (call $throw) (i32.const 1)
      catch_all
        try (result i32) (rethrow $clause) catch $t end
        (if (local.get 0) (then
          try (rethrow $clause) catch_all
            try (rethrow 1) catch $t drop (rethrow $clause) end
          end))
      end)))");
  EXPECT_EQ(value(run(instance, 0)), 7);
  EXPECT_EQ(run(instance, 1).error().exception->values()[0].i32(), 7);
}

TEST_P(Exceptions, ADelegateGoesToItsLabelAndNotToTheCatchBetween) {
  const Instance instance = guest.instantiate(R"((module (tag $t)
    (func $throw (throw $t))
    (func (export "f") (param i32) (result i32)
      try $outer (result i32)
        try (result i32)
          try (result i32) (call $throw) (i32.const 1) delegate $outer
        catch_all (i32.const 2)
        end
      catch_all (i32.const 3)
      end)
    (func (export "to_caller") (param i32) (result i32)
      try (result i32)
        try (result i32) (call $throw) (i32.const 1) delegate 1
      catch_all (i32.const 2)
      end)))");
  EXPECT_EQ(value(run(instance, 0)), 3);
  EXPECT_EQ(run(instance, 0, "to_caller").error().code, ErrorCode::Exception);
}

TEST_P(Exceptions, AClauseDoesNotCatchWhatItThrowsItself) {
  const Instance instance = guest.instantiate(R"((module (tag $a) (tag $b)
    (func $throw_a (throw $a)) (func $throw_b (throw $b))
    (func (export "f") (param i32) (result i32)
      try (result i32)
        try (call $throw_a)
        catch_all
          (call $throw_b)
          (if (local.get 0) (then (rethrow 1)))
        end
        (i32.const 0)
      catch $a (i32.const 1)
      catch $b (i32.const 2)
      end)))");
  EXPECT_EQ(value(run(instance, 0)), 2);
}

TEST_P(Exceptions, EveryWayOutOfAClauseFreesWhatItKept) {
  const Instance instance = guest.instantiate(R"((module (tag $t)
    (func $throw (throw $t))
    (func (export "f") (param i32) (result i32)
      (block $two (block $one
        try $try
          (call $throw)
        catch_all
          (if (i32.eq (local.get 0) (i32.const 0)) (then (return (i32.const 10))))
          (if (i32.eq (local.get 0) (i32.const 1)) (then (br $one)))
          (br_if $two (i32.eq (local.get 0) (i32.const 2)))
          (if (i32.eq (local.get 0) (i32.const 3)) (then (unreachable)))
          (if (i32.eq (local.get 0) (i32.const 4)) (then (rethrow $try)))
          (if (i32.eq (local.get 0) (i32.const 5)) (then (call $throw)))
          (if (i32.lt_u (local.get 0) (i32.const 9))
            (then (br_table $one $two $try $one (i32.sub (local.get 0) (i32.const 6)))))
        end
        (return (i32.const 40)))
      (return (i32.const 20)))
      (i32.const 30))))");
  EXPECT_EQ(value(run(instance, 0)), 10);
  EXPECT_EQ(value(run(instance, 1)), 20);
  EXPECT_EQ(value(run(instance, 2)), 30);
  EXPECT_EQ(trapOf(run(instance, 3)), TrapCode::Unreachable);
  EXPECT_EQ(run(instance, 4).error().code, ErrorCode::Exception);
  EXPECT_EQ(run(instance, 5).error().code, ErrorCode::Exception);
  EXPECT_EQ(value(run(instance, 6)), 20);
  EXPECT_EQ(value(run(instance, 7)), 30);
  EXPECT_EQ(value(run(instance, 8)), 40);
  EXPECT_EQ(value(run(instance, 9)), 40);
}

TEST_P(Exceptions, TrapsAreNotCaught) {
  const Instance instance = guest.instantiate(R"((module (tag $t) (memory 1)
    (func $divide (param i32) (result i32) (i32.div_u (i32.const 1) (local.get 0)))
    (func (export "f") (param i32) (result i32)
      try (result i32) (call $divide (local.get 0)) catch_all (i32.const 1) end)
    (func $forever (param i32) (result i32)
      try (result i32) (i32.add (call $forever (local.get 0)) (i32.const 1)) catch_all (i32.const 1) end)
    (export "forever" (func $forever))))");
  EXPECT_EQ(trapOf(run(instance, 0)), TrapCode::IntegerDivideByZero);
  EXPECT_EQ(trapOf(run(instance, 0, "forever")), TrapCode::StackExhausted);
}

TEST_P(Exceptions, AnUncaughtOneComesBackWithTagValuesAndFrames) {
  const Instance instance = guest.instantiate(R"((module $app (tag $t (export "tag") (param i32 f64))
    (table 1 funcref) (elem (i32.const 0) $inner)
    (func $inner (throw $t (i32.const 5) (f64.const 1.5)))
    (func $cleanup try (call_indirect (i32.const 0)) catch_all (rethrow 0) end)
    (func (export "f") (param i32) (result i32) (call $cleanup) (i32.const 0))))");
  const Result<int32_t> result = run(instance, 0);
  ASSERT_FALSE(result);
  const Error& error = result.error();
  EXPECT_EQ(error.code, ErrorCode::Exception);
  EXPECT_EQ(error.message, "uncaught exception: tag (i32, f64) with (i32 5, f64 1.5)");
  ASSERT_TRUE(error.exception);
  EXPECT_EQ(error.exception->tag(), *instance.tag("tag"));
  ASSERT_EQ(error.exception->values().size(), 2u);
  EXPECT_EQ(error.exception->values()[0].i32(), 5);
  EXPECT_EQ(error.exception->values()[1].f64(), 1.5);
  ASSERT_EQ(trapOf(result), TrapCode::UncaughtException);
  const std::vector<Frame>& frames = error.trap->frames();
  ASSERT_GE(frames.size(), 2u) << error.trap->str();
  EXPECT_EQ(frames[0].function, "inner") << error.trap->str();
  EXPECT_TRUE(frames[0].offset);
  EXPECT_EQ(frames.back().function, "f") << error.trap->str();
}

TEST_P(Exceptions, TagsAreEqualWhereTheyAreTheSameTag) {
  const Instance a =
      guest.instantiate(R"((module (tag (export "tag") (param i32)) (tag (export "other") (param i32))))");
  guest.linker.defineInstance("a", a);
  guest.linker.defineInstance("b", guest.instantiate(R"((module
    (import "a" "tag" (tag $t (param i32)))
    (func (export "throw") (throw $t (i32.const 3)))))"));
  const Instance c = guest.instantiate(R"((module
    (import "b" "throw" (func $throw))
    (import "a" "other" (tag $other (param i32))) (import "a" "tag" (tag $t (param i32)))
    (tag $own (param i32))
    (func (export "f") (param i32) (result i32)
      try (result i32) (call $throw) (i32.const 0)
      catch $own (i32.add (i32.const 100))
      catch $other (i32.add (i32.const 200))
      catch $t (i32.add (i32.const 300))
      end)))");
  EXPECT_EQ(value(run(c, 0)), 303);
}

TEST_P(Exceptions, TheyPassThroughModulesThatDoNotUseThem) {
  const Instance a =
      guest.instantiate(R"((module (tag $t (export "tag")) (func (export "throw") (throw $t))))");
  guest.linker.defineInstance("a", a);
  guest.linker.defineInstance("plain", guest.instantiate(R"((module
    (import "a" "throw" (func $throw)) (func (export "go") (call $throw))))"));
  const Instance b = guest.instantiate(R"((module
    (import "plain" "go" (func $go)) (import "a" "tag" (tag $t))
    (func (export "f") (param i32) (result i32) try (result i32) (call $go) (i32.const 0) catch $t (i32.const 1) end)))");
  EXPECT_EQ(value(run(b, 0)), 1);
}

TEST_P(Exceptions, ATailCallLeavesTheTryFirst) {
  const Instance instance = guest.instantiate(R"((module (tag $t)
    (func $throw (result i32) (throw $t))
    (func $g (result i32) try (return_call $throw) catch_all end (i32.const 1))
    (func (export "f") (param i32) (result i32)
      try (result i32) (call $g) catch_all (i32.const 2) end)))");
  EXPECT_EQ(value(run(instance, 0)), 2);
}

// `f` calls the host function "host" in a try; "thrower" throws its argument.
constexpr char kThroughHost[] = R"((module
  (import "env" "host" (func $host (param i32) (result i32)))
  (tag $t (export "tag") (param i32))
  (func (export "thrower") (param i32) (result i32) (throw $t (local.get 0)))
  (func (export "f") (param i32) (result i32)
    try (result i32) (call $host (local.get 0))
    catch $t (i32.add (i32.const 1000))
    end)
  (func (export "bare") (param i32) (result i32) (call $host (local.get 0)))))";

TEST_P(Exceptions, AHostFunctionThatPassesTheErrorOnPassesTheException) {
  int finished = 0;
  guest.linker.define("env", "host", [&finished](Caller& caller, int32_t n) -> Result<int32_t> {
    struct Finish {
      int& count;
      ~Finish() { ++count; }
    } finish{finished};
    return (*caller.instance()->func<int32_t(int32_t)>("thrower"))(n);
  });
  const Instance instance = guest.instantiate(kThroughHost);
  EXPECT_EQ(value(run(instance, 5)), 1005);
  EXPECT_EQ(finished, 1);
  const Result<int32_t> uncaught = run(instance, 6, "bare");
  ASSERT_EQ(uncaught.error().code, ErrorCode::Exception);
  EXPECT_EQ(uncaught.error().exception->values()[0].i32(), 6);
  EXPECT_EQ(uncaught.error().trap->frames()[0].function, "thrower");
}

TEST_P(Exceptions, AHostFunctionMayDropTheExceptionOfItsCall) {
  guest.linker.define("env", "host", [](Caller& caller, int32_t n) {
    const Result<int32_t> result = (*caller.instance()->func<int32_t(int32_t)>("thrower"))(n);
    return result.error().exception->values()[0].i32() * 2;
  });
  EXPECT_EQ(value(run(guest.instantiate(kThroughHost), 21)), 42);
}

TEST_P(Exceptions, AHostFunctionThrows) {
  guest.linker.define("env", "host", [](Caller& caller, int32_t n) -> Result<int32_t> {
    return std::unexpected(Error::thrown({*caller.instance()->tag("tag"), {n + 1}}));
  });
  const Instance instance = guest.instantiate(kThroughHost);
  EXPECT_EQ(value(run(instance, 7)), 1008);
  EXPECT_EQ(run(instance, 7, "bare").error().exception->values()[0].i32(), 8);
}

TEST_P(Exceptions, AHostFunctionOfARuntimeTypeThrows) {
  guest.linker.define(
      "env", "host",
      Func::create(guest.store, {{ValType::i32()}, {ValType::i32()}},
                   [](Caller& caller, std::span<const Val> args, std::span<Val>) -> Result<void> {
                     return std::unexpected(Error::thrown({*caller.instance()->tag("tag"), {args[0]}}));
                   }));
  EXPECT_EQ(value(run(guest.instantiate(kThroughHost), 8)), 1008);
}

TEST_P(Exceptions, ThrownValuesMustFitTheTag) {
  guest.linker.define("env", "host", [](Caller& caller, int32_t) -> Result<int32_t> {
    return std::unexpected(Error::thrown({*caller.instance()->tag("tag"), {int64_t{1}}}));
  });
  EXPECT_EQ(run(guest.instantiate(kThroughHost), 0).error().code, ErrorCode::Type);
}

TEST_P(Exceptions, OtherErrorsOfHostFunctionsAreNotCaught) {
  guest.linker.define("env", "host",
                      [](int32_t) -> Result<int32_t> { return std::unexpected(Error::host("no")); });
  EXPECT_EQ(run(guest.instantiate(kThroughHost), 0).error().code, ErrorCode::Host);
}

TEST_P(Exceptions, TheStartFunctionMayThrow) {
  const Result<Instance> result =
      guest.tryInstantiate(R"((module (tag $t) (func $main (throw $t)) (start $main)))");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::Exception);
}

}  // namespace
}  // namespace wasmc::test
