// Host functions: their types, their errors, and calls that go back and forth.
#include "guest.h"

#include <array>
#include <bit>
#include <memory>
#include <tuple>

namespace wasmc::test {
namespace {

class HostFunctions : public EachLevel {};
WASMC_EACH_LEVEL(HostFunctions);

TEST_P(HostFunctions, TakeAndReturnEachType) {
  guest.linker.define("env", "mix", [](int32_t a, int64_t b, float c, double d) {
    return a + static_cast<double>(b) + static_cast<double>(c) + d;
  });
  guest.linker.define("env", "identity", [](ExternRef r) { return r; });
  const Instance instance = guest.instantiate(R"((module
    (import "env" "mix" (func $mix (param i32 i64 f32 f64) (result f64)))
    (import "env" "identity" (func $identity (param externref) (result externref)))
    (func (export "mix") (result f64) (call $mix (i32.const 1) (i64.const 20) (f32.const 300) (f64.const 4000)))
    (func (export "identity") (param externref) (result externref) (call $identity (local.get 0)))))");
  EXPECT_EQ(value(get<double()>(instance, "mix")()), 4321.0);
  const ExternRef object = ExternRef::create(guest.store, std::string("object"));
  const ExternRef back = value(get<ExternRef(ExternRef)>(instance, "identity")(object));
  ASSERT_TRUE(back.get<std::string>());
  EXPECT_EQ(*back.get<std::string>(), "object");
  EXPECT_FALSE(value(get<ExternRef(ExternRef)>(instance, "identity")(ExternRef())));
}

TEST_P(HostFunctions, ReturnSeveralResults) {
  guest.linker.define("env", "two", [](int32_t a) { return std::tuple(a + 1, 2.5); });
  guest.linker.define("env", "three", [] { return std::tuple(1.5f, int64_t{2}, 3); });
  const Instance instance = guest.instantiate(R"((module
    (import "env" "two" (func $two (param i32) (result i32 f64)))
    (import "env" "three" (func $three (result f32 i64 i32)))
    (func (export "two") (param i32) (result i32 f64) (call $two (local.get 0)))
    (func (export "three") (result f32 i64 i32) (call $three))))");
  EXPECT_EQ(value(get<std::tuple<int32_t, double>(int32_t)>(instance, "two")(1)), std::tuple(2, 2.5));
  EXPECT_EQ(value(get<std::tuple<float, int64_t, int32_t>()>(instance, "three")()),
            std::tuple(1.5f, int64_t{2}, 3));
}

// More arguments than registers hold, of both kinds, alternating.
constexpr char kManyArguments[] = R"((module
  (type $many (func (param i32 f64 i64 f32 i32 f64 i64 f32 i32 f64 i64 f32 i32 f64 i64 f32 i32 f64 f64 f64)
                    (result f64)))
  (import "env" "many" (func $many (type $many)))
  (func (export "run") (result f64)
    (call $many (i32.const 1) (f64.const 2) (i64.const 3) (f32.const 4) (i32.const 5) (f64.const 6) (i64.const 7)
      (f32.const 8) (i32.const 9) (f64.const 10) (i64.const 11) (f32.const 12) (i32.const -13) (f64.const 14)
      (i64.const -15) (f32.const 16) (i32.const 17) (f64.const 18) (f64.const 19) (f64.const 20)))))";
// The sum of argument times position.
constexpr double kManyResult = 2870.0 - 2 * 169 - 2 * 225;

TEST_P(HostFunctions, TypedOnesTakeMoreArgumentsThanRegisters) {
  guest.linker.define("env", "many",
                      [](int32_t a, double b, int64_t c, float d, int32_t e, double f, int64_t g, float h,
                         int32_t i, double j, int64_t k, float l, int32_t m, double n, int64_t o, float p,
                         int32_t q, double r, double s, double t) {
                        const double values[] = {double(a), b, double(c), d, double(e), f, double(g), h,
                                                 double(i), j, double(k), l, double(m), n, double(o), p,
                                                 double(q), r, s,         t};
                        double sum = 0;
                        for (size_t n1 = 0; n1 < std::size(values); ++n1)
                          sum += values[n1] * static_cast<double>(n1 + 1);
                        return sum;
                      });
  EXPECT_EQ(value(get<double()>(guest.instantiate(kManyArguments), "run")()), kManyResult);
}

TEST_P(HostFunctions, UntypedOnesTakeMoreArgumentsThanRegisters) {
  using enum abi::TypeCode;
  FuncType type{{}, {ValType::f64()}};
  for (int i = 0; i < 17; ++i)
    type.params.push_back(ValType::num(i % 2 ? (i % 4 == 1 ? F64 : F32) : (i % 4 == 0 ? I32 : I64)));
  type.params.insert(type.params.end(), 3, ValType::f64());
  guest.linker.define("env", "many", type,
                      [](Caller&, std::span<const Val> args, std::span<Val> results) -> Result<void> {
                        double sum = 0;
                        for (size_t i = 0; i < args.size(); ++i) {
                          double v = 0;
                          switch (args[i].type().code) {
                            case I32: v = args[i].i32(); break;
                            case I64: v = static_cast<double>(args[i].i64()); break;
                            case F32: v = static_cast<double>(args[i].f32()); break;
                            default: v = args[i].f64();
                          }
                          sum += v * static_cast<double>(i + 1);
                        }
                        results[0] = sum;
                        return {};
                      });
  EXPECT_EQ(value(get<double()>(guest.instantiate(kManyArguments), "run")()), kManyResult);
}

// Vectors between numbers: where C has no registers for vectors, one of them is half in the last integer
// register, and the last are in memory.
constexpr char kVectors[] = R"((module
  (type $mix (func (param i32 v128 f32 i32 v128 i64 v128 f32 v128 v128 v128 v128 v128 v128 f32) (result v128)))
  (import "env" "mix" (func $mix (type $mix)))
  (func (export "run") (result v128)
    (call $mix (i32.const 1) (v128.const i64x2 2 3) (f32.const 4) (i32.const 5) (v128.const i64x2 6 7) (i64.const 8)
      (v128.const i64x2 9 10) (f32.const 11) (v128.const i64x2 12 13) (v128.const i64x2 14 15)
      (v128.const i64x2 16 17) (v128.const i64x2 18 19) (v128.const i64x2 20 21) (v128.const i64x2 22 23)
      (f32.const 24)))))";
// Of argument times position the sums: over numbers and low halves, and over high halves.
constexpr std::array<uint64_t, 2> kVectorsResult = {
    1 + 2 * 2 + 3 * 4 + 4 * 5 + 5 * 6 + 6 * 8 + 7 * 9 + 8 * 11 + 9 * 12 + 10 * 14 + 11 * 16 + 12 * 18 +
        13 * 20 + 14 * 22 + 15 * 24,
    2 * 3 + 5 * 7 + 7 * 10 + 9 * 13 + 10 * 15 + 11 * 17 + 12 * 19 + 13 * 21 + 14 * 23};

using Halves = std::array<uint64_t, 2>;

TEST_P(HostFunctions, TypedOnesTakeAndReturnVectors) {
  guest.linker.define("env", "mix",
                      [](int32_t a, V128 b, float c, int32_t d, V128 e, int64_t f, V128 g, float h, V128 i,
                         V128 j, V128 k, V128 l, V128 m, V128 n, float o) {
                        const auto vectors = {b, e, g, i, j, k, l, m, n};
                        const uint64_t positions[] = {2, 5, 7, 9, 10, 11, 12, 13, 14};
                        Halves sums = {static_cast<uint64_t>(a) + static_cast<uint64_t>(c) * 3 +
                                           static_cast<uint64_t>(d) * 4 + static_cast<uint64_t>(f) * 6 +
                                           static_cast<uint64_t>(h) * 8 + static_cast<uint64_t>(o) * 15,
                                       0};
                        const uint64_t* position = positions;
                        for (V128 vector : vectors) {
                          const auto halves = std::bit_cast<Halves>(vector);
                          sums[0] += halves[0] * *position;
                          sums[1] += halves[1] * *position++;
                        }
                        return std::bit_cast<V128>(sums);
                      });
  const V128 result = value(get<V128()>(guest.instantiate(kVectors), "run")());
  EXPECT_EQ(std::bit_cast<Halves>(result), kVectorsResult);
}

TEST_P(HostFunctions, UntypedOnesTakeAndReturnVectors) {
  using enum abi::TypeCode;
  FuncType type{{}, {ValType::v128()}};
  for (abi::TypeCode code :
       {I32, V128, F32, I32, V128, I64, V128, F32, V128, V128, V128, V128, V128, V128, F32})
    type.params.push_back(ValType::num(code));
  guest.linker.define("env", "mix", type,
                      [](Caller&, std::span<const Val> args, std::span<Val> results) -> Result<void> {
                        Halves sums = {};
                        for (size_t i = 0; i < args.size(); ++i) {
                          Halves halves = {};
                          switch (args[i].type().code) {
                            case I32: halves[0] = static_cast<uint64_t>(args[i].i32()); break;
                            case I64: halves[0] = static_cast<uint64_t>(args[i].i64()); break;
                            case F32: halves[0] = static_cast<uint64_t>(args[i].f32()); break;
                            default: halves = std::bit_cast<Halves>(args[i].v128());
                          }
                          sums[0] += halves[0] * (i + 1);
                          sums[1] += halves[1] * (i + 1);
                        }
                        results[0] = std::bit_cast<wasmc::V128>(sums);
                        return {};
                      });
  const wasmc::V128 result = value(get<wasmc::V128()>(guest.instantiate(kVectors), "run")());
  EXPECT_EQ(std::bit_cast<Halves>(result), kVectorsResult);
}

TEST_P(HostFunctions, UntypedOnesReturnANumberOfEachType) {
  const auto constant = [this](const char* name, Val result) {
    guest.linker.define("env", name, {{}, {result.type()}},
                        [result](Caller&, std::span<const Val>, std::span<Val> results) -> Result<void> {
                          results[0] = result;
                          return {};
                        });
  };
  constant("i32", -1);
  constant("f32", 1.5f);
  constant("f64", 2.5);
  const Instance instance = guest.instantiate(R"((module
    (import "env" "i32" (func $i32 (result i32)))
    (import "env" "f32" (func $f32 (result f32)))
    (import "env" "f64" (func $f64 (result f64)))
    (func (export "sum") (result f64)
      (f64.add (f64.convert_i32_s (call $i32)) (f64.add (f64.promote_f32 (call $f32)) (call $f64))))))");
  EXPECT_EQ(value(get<double()>(instance, "sum")()), 3.0);
}

TEST_P(HostFunctions, UntypedOnesReturnSeveralResults) {
  guest.linker.define("env", "swap", {{ValType::i32(), ValType::f32()}, {ValType::f32(), ValType::i32()}},
                      [](Caller&, std::span<const Val> args, std::span<Val> results) -> Result<void> {
                        results[0] = args[1];
                        results[1] = args[0];
                        return {};
                      });
  const Instance instance = guest.instantiate(R"((module
    (import "env" "swap" (func $swap (param i32 f32) (result f32 i32)))
    (func (export "swap") (param i32 f32) (result f32 i32) (call $swap (local.get 0) (local.get 1)))))");
  EXPECT_EQ(value(get<std::tuple<float, int32_t>(int32_t, float)>(instance, "swap")(7, 1.5f)),
            std::tuple(1.5f, 7));
}

TEST_P(HostFunctions, AnUntypedOneWithAWrongResultFailsTheCall) {
  guest.linker.define("env", "f", {{}, {ValType::i32()}},
                      [](Caller&, std::span<const Val>, std::span<Val> results) -> Result<void> {
                        results[0] = 1.0;
                        return {};
                      });
  const Instance instance = guest.instantiate(R"((module
    (import "env" "f" (func $f (result i32))) (func (export "run") (result i32) (call $f))))");
  const Result<int32_t> result = get<int32_t()>(instance, "run")();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::Type);
}

TEST_P(HostFunctions, SeeTheMemoryAndDataOfTheirCaller) {
  guest.store.setData(std::string("store data"));
  guest.linker.define("env", "length", [](Caller& caller, int32_t at, int32_t n) -> Result<int32_t> {
    const Result<Memory> memory = caller.memory();
    if (!memory) return std::unexpected(memory.error());
    const Result<std::string_view> text = memory->string(static_cast<uint32_t>(at), static_cast<uint32_t>(n));
    if (!text) return std::unexpected(text.error());
    return *text == *caller.data<std::string>() ? 1 : 0;
  });
  const Instance instance = guest.instantiate(R"((module
    (import "env" "length" (func $length (param i32 i32) (result i32)))
    (memory (export "memory") 1) (data (i32.const 100) "store data")
    (func (export "run") (param i32 i32) (result i32) (call $length (local.get 0) (local.get 1)))))");
  const auto run = get<int32_t(int32_t, int32_t)>(instance, "run");
  EXPECT_EQ(value(run(100, 10)), 1);
  const Result<int32_t> outside = run(65530, 10);
  ASSERT_FALSE(outside);
  EXPECT_EQ(outside.error().code, ErrorCode::Memory);
}

TEST_P(HostFunctions, AnErrorEndsTheGuestAndReachesTheHost) {
  guest.linker.define("env", "fail",
                      []() -> Result<void> { return error(ErrorCode::Host, "disk is on fire"); });
  const Instance instance = guest.instantiate(R"((module $app
    (import "env" "fail" (func $fail))
    (global $after (export "after") (mut i32) (i32.const 0))
    (func $run (export "run") (call $fail) (global.set $after (i32.const 1)))))");
  const Result<void> result = get<void()>(instance, "run")();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::Host);
  EXPECT_EQ(result.error().message, "disk is on fire");
  ASSERT_EQ(trapOf(result), TrapCode::HostError);
  EXPECT_EQ(result.error().trap->frames()[0].function, "run");
  EXPECT_EQ(instance.global("after")->get().i32(), 0);
}

TEST_P(HostFunctions, AnExitEndsTheGuestWithItsStatus) {
  guest.linker.define("env", "exit",
                      [](int32_t status) -> Result<void> { return std::unexpected(Error::exit(status)); });
  const Instance instance = guest.instantiate(R"((module
    (import "env" "exit" (func $exit (param i32))) (func (export "run") (call $exit (i32.const 3)) unreachable)))");
  const Result<void> result = get<void()>(instance, "run")();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::Exit);
  EXPECT_EQ(result.error().exit_status, 3);
}

TEST_P(HostFunctions, WhatTheyOwnIsReleasedBeforeTheirErrorEndsTheGuest) {
  const auto token = std::make_shared<int>();
  guest.linker.define("env", "fail", [&token](int32_t) -> Result<int32_t> {
    const std::shared_ptr<int> copy = token;
    return error(ErrorCode::Host, std::string(1000, 'x'));
  });
  const Instance instance = guest.instantiate(R"((module
    (import "env" "fail" (func $fail (param i32) (result i32)))
    (func (export "run") (result i32) (call $fail (i32.const 0)))))");
  EXPECT_FALSE(get<int32_t()>(instance, "run")());
  EXPECT_EQ(token.use_count(), 1);
}

TEST_P(HostFunctions, TrapsPassThroughNestedCalls) {
  // fac(n) goes guest -> host -> guest for each step; at 0 the guest divides by its argument.
  guest.linker.define("env", "step", [](Caller& caller, int32_t n) -> Result<int32_t> {
    const Result<int32_t> inner = (*caller.instance()->func<int32_t(int32_t)>("run"))(n - 1);
    if (!inner) return inner;
    return *inner + 1;
  });
  const Instance instance = guest.instantiate(R"((module
    (import "env" "step" (func $step (param i32) (result i32)))
    (func (export "run") (param i32) (result i32)
      (if (result i32) (i32.gt_s (local.get 0) (i32.const 1))
        (then (call $step (local.get 0)))
        (else (i32.div_s (i32.const 100) (local.get 0)))))))");
  const auto run = get<int32_t(int32_t)>(instance, "run");
  EXPECT_EQ(value(run(10)), 109);
  EXPECT_EQ(trapOf(run(0)), TrapCode::IntegerDivideByZero);

  guest.linker.define("env", "step", [](Caller& caller, int32_t n) -> Result<int32_t> {
    return (*caller.instance()->func<int32_t(int32_t)>("run"))(n > 5 ? n - 1 : 0);
  });
  const Instance failing = guest.instantiate(R"((module
    (import "env" "step" (func $step (param i32) (result i32)))
    (func (export "run") (param i32) (result i32)
      (if (result i32) (i32.gt_s (local.get 0) (i32.const 1))
        (then (call $step (local.get 0)))
        (else (i32.div_s (i32.const 100) (local.get 0)))))))");
  const auto run_failing = get<int32_t(int32_t)>(failing, "run");
  EXPECT_EQ(trapOf(run_failing(10)), TrapCode::IntegerDivideByZero);
  EXPECT_EQ(value(run_failing(1)), 100);
}

TEST_P(HostFunctions, MutualRecursionWithTheHostExhaustsTheStackSafely) {
  guest.linker.define("env", "again", [](Caller& caller) -> Result<void> {
    return (*caller.instance()->func<void()>("run"))();
  });
  const Instance instance = guest.instantiate(R"((module
    (import "env" "again" (func $again)) (func (export "run") (call $again))))");
  const auto run = get<void()>(instance, "run");
  EXPECT_EQ(trapOf(run()), TrapCode::StackExhausted);
  EXPECT_EQ(trapOf(run()), TrapCode::StackExhausted);
}

TEST_P(HostFunctions, CanBePutInTablesAndCalledIndirectly) {
  const Func doubled = Func::wrap(guest.store, [](int32_t a) { return 2 * a; });
  const Func both = Func::wrap(guest.store, [](int32_t a) { return std::tuple(a, -a); });
  const Instance instance = guest.instantiate(R"((module
    (table (export "t") 2 funcref)
    (func (export "one") (param i32) (result i32) (call_indirect (param i32) (result i32) (local.get 0) (i32.const 0)))
    (func (export "two") (param i32) (result i32 i32)
      (call_indirect (param i32) (result i32 i32) (local.get 0) (i32.const 1)))))");
  const Table table = *instance.table("t");
  ASSERT_TRUE(table.set(0, doubled));
  ASSERT_TRUE(table.set(1, both));
  EXPECT_EQ(value(get<int32_t(int32_t)>(instance, "one")(21)), 42);
  EXPECT_EQ(value(get<std::tuple<int32_t, int32_t>(int32_t)>(instance, "two")(5)), std::tuple(5, -5));
  EXPECT_EQ(value(doubled.typed<int32_t(int32_t)>()->operator()(4)), 8);
}

TEST_P(HostFunctions, PassThroughReExportsAndSeeTheInstanceThatImportsThem) {
  guest.linker.define("env", "peek",
                      [](Caller& caller) -> Result<int32_t> { return caller.memory()->read<int32_t>(0); });
  const Instance a = guest.instantiate(R"((module
    (import "env" "peek" (func (result i32))) (export "peek" (func 0))
    (memory (export "memory") 1) (data (i32.const 0) "\01")))");
  guest.linker.defineInstance("a", a);
  const Instance b = guest.instantiate(R"((module
    (import "a" "peek" (func $peek (result i32)))
    (memory (export "memory") 1) (data (i32.const 0) "\02")
    (func (export "run") (result i32) (call $peek))))");
  EXPECT_EQ(value(get<int32_t()>(a, "peek")()), 1);
  EXPECT_EQ(value(get<int32_t()>(b, "run")()), 2);
}

}  // namespace
}  // namespace wasmc::test
