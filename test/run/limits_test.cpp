// What the guests of one store may have in total, and the errors that say which limit it was.
#include "guest.h"

namespace wasmc::test {
namespace {

constexpr uint64_t kPage = 65536;

constexpr char kGrowing[] = R"((module
  (memory (export "memory") 1 8)
  (memory $second 1)
  (table $table (export "table") 2 20 externref)
  (table $other 2 externref)
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "grow_second") (param i32) (result i32) (memory.grow $second (local.get 0)))
  (func (export "grow_table") (param i32) (result i32) (table.grow $table (ref.null extern) (local.get 0)))
  (func (export "grow_other") (param i32) (result i32)
    (table.grow $other (ref.null extern) (local.get 0)))))";

constexpr char kEmpty[] = "(module)";

std::string messageOf(const auto& result) { return result ? "" : result.error().message; }

TEST(Limits, OfBytesCountAllMemoriesOfTheStore) {
  const Guest guest("2", {}, {.memory_bytes = 4 * kPage});
  const Instance instance = guest.instantiate(kGrowing);
  EXPECT_EQ(value(get<int32_t(int32_t)>(instance, "grow")(1)), 1);
  EXPECT_EQ(value(get<int32_t(int32_t)>(instance, "grow_second")(2)), -1);
  EXPECT_EQ(value(get<int32_t(int32_t)>(instance, "grow_second")(1)), 1);
  EXPECT_EQ(messageOf(instance.memory("memory")->grow(1)),
            "cannot grow memory 2..8 by 1 pages: StoreLimits::memory_bytes (262144) does not leave as much");
}

TEST(Limits, OfElementsCountAllTablesOfTheStore) {
  const Guest guest("2", {}, {.table_elements = 8});
  const Instance instance = guest.instantiate(kGrowing);
  EXPECT_EQ(value(get<int32_t(int32_t)>(instance, "grow_table")(3)), 2);
  EXPECT_EQ(value(get<int32_t(int32_t)>(instance, "grow_other")(2)), -1);
  EXPECT_EQ(value(get<int32_t(int32_t)>(instance, "grow_other")(1)), 2);
  EXPECT_EQ(
      messageOf(instance.table("table")->grow(1, Val::null(ValType::externref()))),
      "cannot grow table 5..20 externref by 1 elements: StoreLimits::table_elements (8) does not leave as "
      "much");
}

TEST(Limits, OfInstancesEndInstantiation) {
  const Guest guest("2", {}, {.instances = 2});
  guest.instantiate(kEmpty);
  guest.instantiate(kEmpty);
  const Result<Instance> third = guest.tryInstantiate(kEmpty);
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().code, ErrorCode::Limit);
  EXPECT_EQ(third.error().message, "the store has StoreLimits::instances (2) instances already");
}

TEST(Limits, WhatDoesNotFitIsNotMade) {
  const Guest bytes("2", {}, {.memory_bytes = kPage});
  EXPECT_EQ(messageOf(bytes.tryInstantiate(kGrowing)),
            "cannot make memory 1..: StoreLimits::memory_bytes (65536) does not leave as much");
  const Guest elements("2", {}, {.table_elements = 1});
  EXPECT_EQ(messageOf(elements.tryInstantiate(kGrowing)),
            "cannot make table 2..20 externref: StoreLimits::table_elements (1) does not leave as much");
}

TEST(Limits, TheMaximumOfATypeIsNamedToo) {
  const Guest guest("2");
  const Instance instance = guest.instantiate(kGrowing);
  EXPECT_EQ(messageOf(instance.memory("memory")->grow(8)),
            "cannot grow memory 1..8 by 8 pages: its maximum is reached");
}

// What a callback was asked.
struct Asked {
  Growth::Kind kind;
  uint64_t current, desired, maximum;
  bool operator==(const Asked&) const = default;
};

TEST(Limits, ACallbackDecidesOnWhatGuestsGrow) {
  std::vector<Asked> asked;
  bool allow = true;
  const Guest guest("2", {}, {.growth = [&](const Growth& growth) {
                      asked.push_back({growth.kind, growth.current, growth.desired, growth.maximum});
                      return allow;
                    }});
  const Instance instance = guest.instantiate(kGrowing);
  ASSERT_EQ(asked.size(), 4U);
  EXPECT_EQ(asked[0], (Asked{Growth::Kind::Memory, 0, kPage, 8 * kPage}));
  EXPECT_EQ(asked[2], (Asked{Growth::Kind::Table, 0, 2, 20}));
  asked.clear();
  EXPECT_EQ(value(get<int32_t(int32_t)>(instance, "grow")(2)), 1);
  allow = false;
  EXPECT_EQ(value(get<int32_t(int32_t)>(instance, "grow_table")(1)), -1);
  EXPECT_EQ(asked, (std::vector<Asked>{{Growth::Kind::Memory, kPage, 3 * kPage, 8 * kPage},
                                       {Growth::Kind::Table, 2, 3, 20}}));
}

TEST(Limits, WhatACallbackRefusesTheHostLearnsFromTheError) {
  const Guest guest("2", {}, {.growth = [](const Growth& growth) { return growth.desired <= kPage; }});
  const Instance instance = guest.instantiate(kGrowing);
  const Result<uint64_t> grown = instance.memory("memory")->grow(1);
  ASSERT_FALSE(grown);
  EXPECT_EQ(grown.error().code, ErrorCode::Limit);
  EXPECT_EQ(grown.error().message,
            "cannot grow memory 1..8 by 1 pages: the host's StoreLimits::growth refuses it");
}

TEST(Limits, RefusedGrowthTakesNothingFromTheBudget) {
  bool allow = false;
  const Guest guest("2", {}, {.memory_bytes = 3 * kPage, .growth = [&](const Growth& growth) {
                                return allow || growth.current == 0;
                              }});
  const auto grow = get<int32_t(int32_t)>(guest.instantiate(kGrowing), "grow");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(value(grow(1)), -1);
  allow = true;
  EXPECT_EQ(value(grow(1)), 1);
}

// Recursion that counts how deep it is, through the host or not.
constexpr char kDeep[] = R"((module
  (import "env" "host" (func $host))
  (global $depth (export "depth") (mut i32) (i32.const 0))
  (memory 1)
  (func $count (global.set $depth (i32.add (global.get $depth) (i32.const 1))))
  (func $deep (export "deep") (call $count) (call $deep) (call $count))
  (func $hosted (export "hosted") (call $count) (call $host) (call $hosted) (call $count))))";

// How deep `function` gets before it traps.
int32_t depth(const StoreLimits& limits, const char* options, const char* function) {
  Guest guest(options, {}, limits);
  guest.linker.define("env", "host", [] {});
  const Instance instance = guest.instantiate(kDeep);
  EXPECT_EQ(trapOf(get<void()>(instance, function)()), TrapCode::StackExhausted);
  return instance.global("depth")->get().i32();
}

// That four times the stack lets it get four times as deep.
void expectInProportion(const char* options, const char* function) {
  const int32_t small = depth({.stack_bytes = 64 << 10}, options, function);
  const int32_t large = depth({.stack_bytes = 256 << 10}, options, function);
  EXPECT_GT(small, 100);
  EXPECT_GT(large, 3 * small);
  EXPECT_LT(large, 5 * small);
}

TEST(Limits, OfTheStackEndRecursionThroughTheHost) { expectInProportion("2", "hosted"); }

TEST(Limits, OfTheStackEndRecursionOfCodeThatChecksIt) { expectInProportion("2 --bounds=explicit", "deep"); }

TEST(Limits, OfTheStackAreSharedByCallsThatAHostFunctionMakes) {
  Guest guest("2", {}, {.stack_bytes = 256 << 10});
  std::optional<TypedFunc<void()>> again;
  int32_t entered = 0;
  guest.linker.define("env", "host", [&]() -> Result<void> {
    ++entered;
    return (*again)();
  });
  const Instance instance = guest.instantiate(R"((module (import "env" "host" (func $host))
    (func (export "f") (call $host) (call $host))))");
  again = get<void()>(instance, "f");
  EXPECT_EQ(trapOf((*again)()), TrapCode::StackExhausted);
  EXPECT_GT(entered, 10);
  EXPECT_LT(entered, 256 << 10 >> 6);
}

}  // namespace
}  // namespace wasmc::test
