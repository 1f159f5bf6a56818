// Linear memories and tables as instances use them: growth, limits, segments, initial contents.
#include "guest.h"

namespace wasmc::test {
namespace {

class Memories : public EachLevel {};
WASMC_EACH_LEVEL(Memories);

constexpr char kGrowing[] = R"((module
  (memory (export "memory") 1 4)
  (table (export "table") 1 3 externref)
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "grow_table") (param i32) (result i32) (table.grow 0 (ref.null extern) (local.get 0)))
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))))";

TEST_P(Memories, GrowUpToTheirMaximum) {
  const Instance instance = guest.instantiate(kGrowing);
  const auto grow = get<int32_t(int32_t)>(instance, "grow");
  const auto load = get<int32_t(int32_t)>(instance, "load");
  EXPECT_EQ(trapOf(load(65536)), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(value(grow(2)), 1);
  EXPECT_EQ(value(load(65536)), 0);
  EXPECT_EQ(value(grow(2)), -1);
  EXPECT_EQ(value(grow(1)), 3);
  EXPECT_EQ(value(grow(0)), 4);
  EXPECT_EQ(value(grow(-1)), -1);
}

TEST_P(Memories, NeverMove) {
  const Instance instance = guest.instantiate(kGrowing);
  const Memory memory = *instance.memory("memory");
  const uint8_t* before = memory.span().data();
  ASSERT_TRUE(memory.write<uint32_t>(0, 77));
  EXPECT_EQ(value(memory.grow(3)), 1u);
  EXPECT_EQ(memory.span().data(), before);
  EXPECT_EQ(memory.byteSize(), 4 * 65536u);
  EXPECT_EQ(value(get<int32_t(int32_t)>(instance, "load")(0)), 77);
}

TEST_P(Memories, StopGrowingAtTheLimitOfTheStore) {
  StoreLimits limits;
  limits.memory_bytes = 2 * 65536;
  limits.table_elements = 2;
  Guest limited(GetParam(), {}, limits);
  const Instance instance = limited.instantiate(kGrowing);
  EXPECT_EQ(value(get<int32_t(int32_t)>(instance, "grow")(2)), -1);
  EXPECT_EQ(value(get<int32_t(int32_t)>(instance, "grow")(1)), 1);
  EXPECT_EQ(value(get<int32_t(int32_t)>(instance, "grow_table")(2)), -1);
  EXPECT_EQ(value(get<int32_t(int32_t)>(instance, "grow_table")(1)), 1);
  const Result<Instance> second = limited.tryInstantiate(kGrowing);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::Limit);
  EXPECT_NE(second.error().message.find("StoreLimits::memory_bytes"), std::string::npos);
}

constexpr char kContents[] = R"((module
  (memory (export "memory") 3)
  (data (i32.const 4090) "across two pages")
  (data (i32.const 140000) "far")
  (data $passive "passive")
  (global $at i32 (i32.const 8192))
  (data (offset (i32.add (i32.const 8000) (i32.const 192))) "computed")
  (func (export "init") (param i32 i32 i32) (memory.init $passive (local.get 0) (local.get 1) (local.get 2)))
  (func (export "drop") (data.drop $passive))
  (func (export "store") (i32.store8 (i32.const 4090) (i32.const 65)))))";

TEST_P(Memories, StartWithTheirActiveSegments) {
  for (bool copied : {false, true}) {
    EngineOptions options;
    options.copy_memory_image = copied;
    Guest own(GetParam(), options);
    const Memory memory = *own.instantiate(kContents).memory("memory");
    EXPECT_EQ(value(memory.string(4090, 16)), "across two pages");
    EXPECT_EQ(value(memory.string(140000, 3)), "far");
    EXPECT_EQ(value(memory.string(8192, 8)), "computed");
    EXPECT_EQ(memory.span()[4089], 0);
    EXPECT_EQ(memory.span()[140003], 0);
  }
}

TEST_P(Memories, OfInstancesOfOneModuleAreSeparate) {
  const Instance a = guest.instantiate(kContents);
  const Instance b = guest.instantiate(kContents);
  ASSERT_TRUE(get<void()>(a, "store")());
  EXPECT_EQ(value(a.memory("memory")->string(4090, 6)), "Across");
  EXPECT_EQ(value(b.memory("memory")->string(4090, 6)), "across");
}

TEST_P(Memories, TakePassiveSegmentsUntilTheseAreDropped) {
  const Instance instance = guest.instantiate(kContents);
  const auto init = get<void(int32_t, int32_t, int32_t)>(instance, "init");
  ASSERT_TRUE(init(10, 1, 6));
  EXPECT_EQ(value(instance.memory("memory")->string(10, 6)), "assive");
  EXPECT_EQ(trapOf(init(0, 1, 7)), TrapCode::MemoryOutOfBounds);
  ASSERT_TRUE(get<void()>(instance, "drop")());
  EXPECT_TRUE(init(0, 0, 0));
  EXPECT_EQ(trapOf(init(0, 0, 1)), TrapCode::MemoryOutOfBounds);
}

TEST_P(Memories, TablesTakeSegmentsCopiesAndFills) {
  const Instance instance = guest.instantiate(R"((module
    (table $t (export "t") 6 funcref)
    (elem $e funcref (ref.func $one) (ref.null func) (ref.func $two))
    (elem declare func $three)
    (func $one (result i32) (i32.const 1))
    (func $two (result i32) (i32.const 2))
    (func $three (result i32) (i32.const 3))
    (func (export "run")
      (table.init $t $e (i32.const 0) (i32.const 0) (i32.const 3))
      (table.copy $t $t (i32.const 2) (i32.const 0) (i32.const 3))
      (table.fill $t (i32.const 5) (ref.func $three) (i32.const 1))
      (elem.drop $e))
    (func (export "again") (table.init $t $e (i32.const 0) (i32.const 0) (i32.const 1)))))");
  ASSERT_TRUE(get<void()>(instance, "run")());
  const Table table = *instance.table("t");
  std::string names;
  for (uint64_t i = 0; i < table.size(); ++i)
    names += (table.get(i)->isNull() ? "null" : table.get(i)->func().name()) + " ";
  EXPECT_EQ(names, "one null one null two three ");
  EXPECT_EQ(trapOf(get<void()>(instance, "again")()), TrapCode::TableOutOfBounds);
}

}  // namespace
}  // namespace wasmc::test
