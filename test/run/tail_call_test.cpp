// Tail calls: constant stack however they are made, and everything that a call carries.
#include "guest.h"

namespace wasmc::test {
namespace {

class TailCalls : public EachLevel {};
WASMC_EACH_LEVEL(TailCalls);

// A stack of 8 MiB holds a million frames at most.
constexpr int32_t kMany = 2'000'000;

TEST_P(TailCalls, DirectOnesBetweenDifferentTypesKeepTheStackConstant) {
  const Instance instance = guest.instantiate(R"((module
    (func $even (export "even") (param i32) (result i32)
      (if (result i32) (i32.eqz (local.get 0))
        (then (i32.const 1))
        (else (return_call $odd (f64.const 0) (i32.sub (local.get 0) (i32.const 1))))))
    (func $odd (param f64 i32) (result i32)
      (if (result i32) (i32.eqz (local.get 1))
        (then (i32.const 0))
        (else (return_call $even (i32.sub (local.get 1) (i32.const 1))))))))");
  EXPECT_EQ(value(get<int32_t(int32_t)>(instance, "even")(kMany)), 1);
  EXPECT_EQ(value(get<int32_t(int32_t)>(instance, "even")(kMany + 1)), 0);
}

TEST_P(TailCalls, IndirectOnesKeepTheStackConstant) {
  const Instance instance = guest.instantiate(R"((module
    (type $a (func (param i32) (result i64))) (type $b (func (param i32 f32) (result i64)))
    (table 2 funcref) (elem (i32.const 0) $f $g)
    (func $f (export "f") (type $a)
      (if (i32.eqz (local.get 0)) (then (return (i64.const 7))))
      (return_call_indirect (type $b) (i32.sub (local.get 0) (i32.const 1)) (f32.const 1) (i32.const 1)))
    (func $g (type $b) (return_call_indirect (type $a) (local.get 0) (i32.const 0)))))");
  EXPECT_EQ(value(get<int64_t(int32_t)>(instance, "f")(kMany)), 7);
}

TEST_P(TailCalls, BetweenModulesThroughImportsAndTablesKeepTheStackConstant) {
  const Instance a = guest.instantiate(R"((module
    (type $t (func (param i32) (result i32)))
    (table (export "table") 1 funcref)
    (func (export "down") (param i32 i64) (result i32)
      (if (i32.eqz (local.get 0)) (then (return (i32.const 42))))
      (return_call_indirect (type $t) (i32.sub (local.get 0) (i32.const 1)) (i32.const 0)))))");
  guest.linker.defineInstance("a", a);
  const Instance b = guest.instantiate(R"((module
    (import "a" "down" (func $down (param i32 i64) (result i32)))
    (import "a" "table" (table 1 funcref)) (elem (i32.const 0) $up)
    (func $up (export "up") (param i32) (result i32) (return_call $down (local.get 0) (i64.const 1)))))");
  EXPECT_EQ(value(get<int32_t(int32_t)>(b, "up")(kMany)), 42);
}

// Nine integers and ten floats are more than any machine has argument registers for.
constexpr char kManyParams[] = R"((module
  (type $many (func (param i32 i64 i32 i64 i32 i64 i32 i64 i32
                           f32 f64 f32 f64 f32 f64 f32 f64 f32 f64) (result f64)))
  (table (export "table") 1 funcref) (elem (i32.const 0) $sum)
  (func $sum (export "sum") (type $many)
    (if (i32.eqz (local.get 0)) (then (return
      (f64.add (f64.convert_i64_s (i64.add (i64.add (local.get 1) (local.get 7)) (i64.extend_i32_s (local.get 8))))
               (f64.add (local.get 18) (f64.promote_f32 (local.get 17)))))))
    (return_call_indirect (type $many) (i32.sub (local.get 0) (i32.const 1))
      (i64.add (local.get 1) (i64.const 1)) (i32.const 2) (i64.const 3) (i32.const 4) (i64.const 5) (i32.const 6)
      (local.get 7) (local.get 8)
      (f32.const 0) (f64.const 0) (f32.const 0) (f64.const 0) (f32.const 0) (f64.const 0) (f32.const 0)
      (f64.const 0) (local.get 17) (local.get 18) (i32.const 0)))
  (func (export "start") (param i32) (result f64)
    (return_call $sum (local.get 0) (i64.const 0) (i32.const 0) (i64.const 0) (i32.const 0) (i64.const 0)
      (i32.const 0) (i64.const 1000) (i32.const -1)
      (f32.const 0) (f64.const 0) (f32.const 0) (f64.const 0) (f32.const 0) (f64.const 0) (f32.const 0)
      (f64.const 0) (f32.const 0.25) (f64.const 0.5)))
  (func (export "call") (param i32) (result f64)
    (f64.add (f64.const 0.125) (call $sum (local.get 0) (i64.const 0) (i32.const 0) (i64.const 0) (i32.const 0)
      (i64.const 0) (i32.const 0) (i64.const 1000) (i32.const -1)
      (f32.const 0) (f64.const 0) (f32.const 0) (f64.const 0) (f32.const 0) (f64.const 0) (f32.const 0)
      (f64.const 0) (f32.const 0.25) (f64.const 0.5)))))
)";

TEST_P(TailCalls, MoreParametersThanRegistersArriveAndTakeNoStack) {
  const Instance instance = guest.instantiate(kManyParams);
  EXPECT_EQ(value(get<double(int32_t)>(instance, "start")(kMany)), kMany + 999.75);
  EXPECT_EQ(value(get<double(int32_t)>(instance, "call")(3)), 1002.875);
}

TEST_P(TailCalls, TheHostEntersAFunctionWithManyParameters) {
  const Func sum = *guest.instantiate(kManyParams).func("sum");
  std::vector<Val> args;
  for (ValType type : sum.type().params) args.push_back(Val::null(type));
  args[0] = 4;
  args[7] = int64_t{10};
  args[18] = 0.5;
  EXPECT_EQ(value(sum.call(args))[0].f64(), 14.5);
}

TEST_P(TailCalls, ManyParametersReachAFunctionOfAModuleWithoutTailCalls) {
  const Instance plain = guest.instantiate(R"((module
    (func (export "last") (param i64 i64 i64 i64 i64 i64 i64 i64 i64) (result i64) (local.get 8))))");
  guest.linker.defineInstance("plain", plain);
  const Instance instance = guest.instantiate(R"((module
    (import "plain" "last" (func $last (param i64 i64 i64 i64 i64 i64 i64 i64 i64) (result i64)))
    (func (export "f") (result i64)
      (return_call $last (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4) (i64.const 5) (i64.const 6)
                         (i64.const 7) (i64.const 8) (i64.const 9)))))");
  EXPECT_EQ(value(get<int64_t()>(instance, "f")()), 9);
}

TEST_P(TailCalls, SeveralResultsComeFromTheLastCallee) {
  const Instance instance = guest.instantiate(R"((module
    (func $two (result i32 f64) (i32.const 1) (f64.const 2))
    (func (export "two") (param i64) (result i32 f64) (return_call $two))
    (func $three (param i32) (result i32 i64 f32) (local.get 0) (i64.const 2) (f32.const 3))
    (func (export "three") (result i32 i64 f32) (return_call $three (i32.const 1)))))");
  EXPECT_EQ((value(get<std::tuple<int32_t, double>(int64_t)>(instance, "two")(0))), (std::tuple{1, 2.0}));
  EXPECT_EQ((value(get<std::tuple<int32_t, int64_t, float>()>(instance, "three")())),
            (std::tuple{1, int64_t{2}, 3.0F}));
}

TEST_P(TailCalls, VectorsAndReferencesArePassed) {
  const Instance instance = guest.instantiate(R"((module
    (func $pick (param f32 v128 externref funcref i32) (result i32)
      (i32.add (i32x4.extract_lane 3 (local.get 1))
               (i32.add (ref.is_null (local.get 2)) (i32.add (ref.is_null (local.get 3)) (local.get 4)))))
    (func $f (export "f") (result i32)
      (return_call $pick (f32.const 1) (v128.const i32x4 1 2 3 40) (ref.null extern) (ref.func $f) (i32.const 100)))))");
  EXPECT_EQ(value(get<int32_t()>(instance, "f")()), 141);
}

TEST_P(TailCalls, AnImportedHostFunctionIsACallee) {
  guest.linker.define("env", "mul", [](int32_t a, double b) { return a * b; });
  guest.linker.define("env", "swap", [](int32_t a, int64_t b) { return std::tuple{b, a}; });
  const Instance instance = guest.instantiate(R"((module
    (import "env" "mul" (func $mul (param i32 f64) (result f64)))
    (import "env" "swap" (func $swap (param i32 i64) (result i64 i32)))
    (func (export "mul") (param f64) (result f64) (return_call $mul (i32.const 3) (local.get 0)))
    (func (export "swap") (result i64 i32) (return_call $swap (i32.const 1) (i64.const 2)))))");
  EXPECT_EQ(value(get<double(double)>(instance, "mul")(1.5)), 4.5);
  EXPECT_EQ((value(get<std::tuple<int64_t, int32_t>()>(instance, "swap")())), (std::tuple{int64_t{2}, 1}));
}

TEST_P(TailCalls, AnIndirectOneChecksTableAndType) {
  const Instance instance = guest.instantiate(R"((module
    (type $want (func (param i32) (result i32)))
    (table 3 funcref) (elem (i32.const 0) $f $other)
    (func $f (export "f") (type $want) (return_call_indirect (type $want) (i32.const 5) (local.get 0)))
    (func $other (param i64) (result i32) (i32.const 0))))");
  const auto f = get<int32_t(int32_t)>(instance, "f");
  EXPECT_EQ(trapOf(f(1)), TrapCode::IndirectCallTypeMismatch);
  EXPECT_EQ(trapOf(f(2)), TrapCode::UninitializedElement);
  EXPECT_EQ(trapOf(f(3)), TrapCode::UndefinedElement);
}

TEST_P(TailCalls, ATrapNamesTheCalleeAndNotTheCallerThatIsGone) {
  const Instance instance = guest.instantiate(R"((module
    (table 2 funcref) (elem (i32.const 0) $middle $last)
    (func (export "outer") (param i32) (result i32)
      (call_indirect (param i32) (result i32) (local.get 0) (i32.const 0)))
    (func $middle (param i32) (result i32)
      (return_call_indirect (param i32) (result i32) (local.get 0) (i32.const 1)))
    (func $last (param i32) (result i32) (i32.div_u (i32.const 1) (local.get 0)))))");
  const Result<int32_t> result = get<int32_t(int32_t)>(instance, "outer")(0);
  ASSERT_EQ(trapOf(result), TrapCode::IntegerDivideByZero);
  const std::vector<Frame>& frames = result.error().trap->frames();
  ASSERT_EQ(frames.size(), 2u) << result.error().trap->str();
  EXPECT_EQ(frames[0].function, "last");
  EXPECT_TRUE(frames[0].offset);
  EXPECT_EQ(frames[1].function, "outer");
}

}  // namespace
}  // namespace wasmc::test
