// Imports and exports of every kind, shared between instances.
#include "guest.h"

namespace wasmc::test {
namespace {

class Linking : public testing::Test {
 protected:
  Guest guest;
};

constexpr char kProvider[] = R"((module $provider
  (memory (export "memory") 1 3)
  (table (export "table") 2 4 funcref)
  (global (export "counter") (mut i32) (i32.const 5))
  (global (export "constant") i64 (i64.const 7))
  (func (export "peek") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "pages") (result i32) (memory.size))
  (func (export "counter_now") (result i32) (global.get 0))
  (func (export "call") (param i32) (result i32) (call_indirect (result i32) (local.get 0)))))";

TEST_F(Linking, AMemoryIsSharedAndGrowsForAll) {
  const Instance a = guest.instantiate(kProvider);
  guest.linker.defineInstance("a", a);
  const Instance b = guest.instantiate(R"((module
    (import "a" "memory" (memory 1))
    (func (export "poke") (i32.store (i32.const 8) (i32.const 42)))
    (func (export "grow") (result i32) (memory.grow (i32.const 1)))))");
  ASSERT_TRUE(get<void()>(b, "poke")());
  EXPECT_EQ(value(get<int32_t(int32_t)>(a, "peek")(8)), 42);
  EXPECT_EQ(value(get<int32_t()>(b, "grow")()), 1);
  EXPECT_EQ(value(get<int32_t()>(a, "pages")()), 2);
}

TEST_F(Linking, AMutableGlobalIsShared) {
  const Instance a = guest.instantiate(kProvider);
  guest.linker.defineInstance("a", a);
  const Instance b = guest.instantiate(R"((module
    (import "a" "counter" (global $c (mut i32)))
    (import "a" "constant" (global $k i64))
    (global $derived i64 (i64.add (global.get $k) (i64.const 1)))
    (func (export "bump") (result i64) (global.set $c (i32.const 6)) (global.get $derived))))");
  EXPECT_EQ(value(get<int64_t()>(b, "bump")()), 8);
  EXPECT_EQ(value(get<int32_t()>(a, "counter_now")()), 6);
}

TEST_F(Linking, ATableIsSharedAndCallsCrossInstances) {
  const Instance a = guest.instantiate(kProvider);
  guest.linker.defineInstance("a", a);
  guest.instantiate(R"((module
    (import "a" "table" (table 2 funcref))
    (global $own i32 (i32.const 99))
    (func $f (result i32) (global.get $own))
    (elem (i32.const 1) $f)))");
  EXPECT_EQ(value(get<int32_t(int32_t)>(a, "call")(1)), 99);
  EXPECT_EQ(trapOf(get<int32_t(int32_t)>(a, "call")(0)), TrapCode::UninitializedElement);
}

TEST_F(Linking, AFunctionOfAnotherInstanceRunsInItsOwnInstance) {
  const Instance a = guest.instantiate(kProvider);
  guest.linker.define("env", "now", *a.func("counter_now"));
  const Instance b = guest.instantiate(R"((module
    (import "env" "now" (func $now (result i32)))
    (global (mut i32) (i32.const 1))
    (func (export "ask") (result i32) (call $now))
    (export "again" (func $now))))");
  EXPECT_EQ(value(get<int32_t()>(b, "ask")()), 5);
  EXPECT_EQ(value(get<int32_t()>(b, "again")()), 5);
}

TEST_F(Linking, AllMissingImportsAreListedWithTheirTypes) {
  const Result<Instance> result = guest.tryInstantiate(R"((module $needy
    (import "env" "f" (func (param i32 i64) (result f32)))
    (import "env" "m" (memory 2 5))
    (import "lib" "t" (table 1 externref))
    (import "lib" "g" (global (mut f64)))))");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::Link);
  EXPECT_EQ(result.error().message,
            "unknown import: module needy imports what is not defined:\n"
            "  env.f: func (i32, i64) -> (f32)\n"
            "  env.m: memory 2..5\n"
            "  lib.t: table 1.. externref\n"
            "  lib.g: global mut f64");
}

TEST_F(Linking, AnIncompatibleImportNamesBothTypes) {
  guest.linker.define("env", "f", [](int32_t) {});
  const Result<Instance> result = guest.tryInstantiate(R"((module (import "env" "f" (func (param i64)))))");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::Link);
  EXPECT_EQ(result.error().message,
            "incompatible import type: the module imports:\n"
            "  env.f: func (i64) -> (), found func (i32) -> ()");
}

TEST_F(Linking, AnImportOfAnotherStoreIsRefused) {
  Store other(guest.engine);
  guest.linker.define("env", "m", *Memory::create(other, {{1, {}}}));
  const Result<Instance> result = guest.tryInstantiate(R"((module (import "env" "m" (memory 1))))");
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().message.find("another store"), std::string::npos);
}

TEST_F(Linking, LimitsOfTheCurrentSizeDecide) {
  const Memory memory = *Memory::create(guest.store, {{1, 4}});
  guest.linker.define("env", "m", memory);
  constexpr char kTwoPages[] = R"((module (import "env" "m" (memory 2 4))))";
  EXPECT_FALSE(guest.tryInstantiate(kTwoPages));
  ASSERT_TRUE(memory.grow(1));
  EXPECT_TRUE(guest.tryInstantiate(kTwoPages));
  EXPECT_FALSE(guest.tryInstantiate(R"((module (import "env" "m" (memory 1 3))))"));
}

TEST_F(Linking, TheHostSharesTablesGlobalsAndMemories) {
  const Table table =
      *Table::create(guest.store, {ValType::funcref(), {2, 10}}, Val::null(ValType::funcref()));
  const Global global = *Global::create(guest.store, {ValType::i64(), true}, int64_t{3});
  const Memory memory = *Memory::create(guest.store, {{1, 2}});
  guest.linker.define("env", "t", table);
  guest.linker.define("env", "g", global);
  guest.linker.define("env", "m", memory);
  const Instance instance = guest.instantiate(R"((module
    (import "env" "t" (table 2 funcref)) (import "env" "g" (global $g (mut i64))) (import "env" "m" (memory 1))
    (data (i32.const 3) "xyz")
    (func $double (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2)))
    (elem (i32.const 0) $double)
    (func (export "run") (global.set $g (i64.add (global.get $g) (i64.const 1))))))");
  ASSERT_TRUE(get<void()>(instance, "run")());
  EXPECT_EQ(global.get().i64(), 4);
  EXPECT_EQ(value(memory.string(3, 3)), "xyz");
  const Func doubled = table.get(0)->func();
  EXPECT_EQ(value(doubled.call({21}))[0].i32(), 42);
  EXPECT_EQ(doubled.name(), "double");
}

TEST_F(Linking, EarlierSegmentsStayWhenALaterOneTraps) {
  const Memory memory = *Memory::create(guest.store, {{1, 1}});
  const Table table =
      *Table::create(guest.store, {ValType::funcref(), {2, 2}}, Val::null(ValType::funcref()));
  guest.linker.define("env", "m", memory);
  guest.linker.define("env", "t", table);
  const Result<Instance> result = guest.tryInstantiate(R"((module
    (import "env" "m" (memory 1)) (import "env" "t" (table 2 funcref))
    (global $seven i32 (i32.const 7))
    (func $f (result i32) (global.get $seven))
    (elem (i32.const 1) $f)
    (data (i32.const 0) "first")
    (data (i32.const 65535) "too long")))");
  EXPECT_EQ(trapOf(result), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(value(memory.string(0, 5)), "first");
  EXPECT_EQ(memory.span()[65535], 0);
  // The function belongs to an instance that was never handed out.
  EXPECT_EQ(value(table.get(1)->func().call({}))[0].i32(), 7);
}

TEST_F(Linking, ATrapInTheStartFunctionFailsTheInstantiation) {
  const Result<Instance> result = guest.tryInstantiate(R"((module (func $main unreachable) (start $main)))");
  EXPECT_EQ(trapOf(result), TrapCode::Unreachable);
}

TEST_F(Linking, AnImportedStartFunctionRuns) {
  int calls = 0;
  guest.linker.define("env", "main", [&calls] { ++calls; });
  guest.instantiate(R"((module (import "env" "main" (func $main)) (start $main)))");
  EXPECT_EQ(calls, 1);
}

TEST_F(Linking, TheModuleTellsItsImportsAndExportsWithoutAnInstance) {
  const Module module = guest.load(R"((module $m
    (import "env" "f" (func (param i32)))
    (memory (export "mem") 1 2)
    (func (export "g") (result i64 f32) (i64.const 1) (f32.const 2))))");
  EXPECT_EQ(module.name(), "m");
  ASSERT_EQ(module.imports().size(), 1u);
  EXPECT_EQ(module.imports()[0].module, "env");
  EXPECT_EQ(toString(module.imports()[0].type), "func (i32) -> ()");
  ASSERT_EQ(module.exports().size(), 2u);
  EXPECT_EQ(toString(module.exports()[0].type), "memory 1..2");
  EXPECT_EQ(toString(module.exports()[1].type), "func () -> (i64, f32)");
}

}  // namespace
}  // namespace wasmc::test
