// Memories with 64-bit addresses.
#include "guest.h"

namespace wasmc::test {
namespace {

class Memories64 : public EachLevel {};
WASMC_EACH_LEVEL(Memories64);

constexpr char kAccesses[] = R"((module
  (memory (export "memory") i64 1 4)
  (func (export "load") (param i64) (result i64) (i64.load (local.get 0)))
  (func (export "load_far") (param i64) (result i32) (i32.load8_u offset=0xffffffff (local.get 0)))
  (func (export "store") (param i64 f64) (f64.store offset=8 (local.get 0) (local.get 1)))
  (func (export "vector") (param i64) (result i64)
    (i64x2.extract_lane 1 (v128.load offset=16 (local.get 0))))
  (func (export "drop") (param i64) (drop (i64.load (local.get 0))))
  (func (export "size") (result i64) (memory.size))
  (func (export "grow") (param i64) (result i64) (memory.grow (local.get 0)))))";

TEST_P(Memories64, LoadAndStoreUpToTheirEnd) {
  const Instance instance = guest.instantiate(kAccesses);
  const auto load = get<int64_t(int64_t)>(instance, "load");
  ASSERT_TRUE((get<void(int64_t, double)>(instance, "store")(65520, 1.5)));
  EXPECT_EQ(value(load(65528)), 0x3ff8'0000'0000'0000);
  EXPECT_EQ(value(get<int64_t(int64_t)>(instance, "vector")(65504)), 0x3ff8'0000'0000'0000);
}

TEST_P(Memories64, TrapForEachKindOfAddressThatIsOutside) {
  const Instance instance = guest.instantiate(kAccesses);
  for (const char* name : {"load", "vector"}) {
    const auto load = get<int64_t(int64_t)>(instance, name);
    for (const uint64_t address :
         {uint64_t{65529}, uint64_t{65536}, uint64_t{1} << 32, (uint64_t{1} << 36) - 1, uint64_t{1} << 36,
          uint64_t{1} << 47, uint64_t{1} << 63, UINT64_MAX - 16, UINT64_MAX}) {
      EXPECT_EQ(trapOf(load(static_cast<int64_t>(address))), TrapCode::MemoryOutOfBounds)
          << name << " at " << address;
    }
  }
}

TEST_P(Memories64, DoNotWrapAroundWithAnOffset) {
  const Instance instance = guest.instantiate(kAccesses);
  const auto load = get<int32_t(int64_t)>(instance, "load_far");
  // The sum is 0 if only 64 bits of it are kept.
  EXPECT_EQ(trapOf(load(-0xffffffffLL)), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(trapOf(load(0)), TrapCode::MemoryOutOfBounds);
}

TEST_P(Memories64, LoadAndStoreLanes) {
  const Instance instance = guest.instantiate(R"((module (memory (export "memory") i64 1)
    (func (export "run") (param $at i64) (result i64)
      (v128.store32_lane offset=4 2 (local.get $at) (v128.const i32x4 1 2 3 4))
      (v128.store (i64.const 64) (v128.load32_splat offset=4 (local.get $at)))
      (v128.store (i64.const 80) (v128.load8x8_u offset=4 (local.get $at)))
      (v128.store (i64.const 96)
        (v128.load16_lane offset=4 1 (local.get $at) (v128.load32_zero offset=4 (local.get $at))))
      (i64.add (i64.add (i64.load offset=72 (i64.const 0)) (i64.load offset=80 (i64.const 0)))
        (i64.load offset=96 (i64.const 0))))))");
  const auto run = get<int64_t(int64_t)>(instance, "run");
  EXPECT_EQ(value(run(1000)), 0x3'0000'0003 + 3 + 0x3'0003);
  EXPECT_EQ(trapOf(run(65530)), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(trapOf(run(-4)), TrapCode::MemoryOutOfBounds);
}

TEST_P(Memories64, TrapForLoadsWhoseValueIsDropped) {
  const Instance instance = guest.instantiate(kAccesses);
  const auto drop = get<void(int64_t)>(instance, "drop");
  EXPECT_TRUE(drop(65528));
  EXPECT_EQ(trapOf(drop(65529)), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(trapOf(drop(-8)), TrapCode::MemoryOutOfBounds);
}

TEST_P(Memories64, GrowUpToTheirMaximum) {
  const Instance instance = guest.instantiate(kAccesses);
  const auto grow = get<int64_t(int64_t)>(instance, "grow");
  EXPECT_EQ(value(grow(2)), 1);
  EXPECT_EQ(value(get<int64_t()>(instance, "size")()), 3);
  EXPECT_EQ(value(get<int64_t(int64_t)>(instance, "load")(3 * 65536 - 8)), 0);
  EXPECT_EQ(value(grow(2)), -1);
  EXPECT_EQ(value(grow(INT64_MAX)), -1);
  EXPECT_EQ(value(grow(1)), 3);
}

TEST_P(Memories64, GrowBeyondWhat32BitsAddress) {
  const Instance instance = guest.instantiate(R"((module (memory (export "memory") i64 1)
    (func (export "grow") (param i64) (result i64) (memory.grow (local.get 0)))
    (func (export "put") (param i64 i32) (i32.store (local.get 0) (local.get 1)))
    (func (export "get") (param i64) (result i32) (i32.load offset=4 (local.get 0)))))");
  ASSERT_EQ(value(get<int64_t(int64_t)>(instance, "grow")(65536)), 1);
  ASSERT_TRUE((get<void(int64_t, int32_t)>(instance, "put")(0x1'0000'0000, 42)));
  EXPECT_EQ(value(get<int32_t(int64_t)>(instance, "get")(0xffff'fffc)), 42);
  EXPECT_EQ(instance.memory("memory")->byteSize(), uint64_t{65537} * 65536);
}

TEST_P(Memories64, CopyFillAndInitialise) {
  const Instance instance = guest.instantiate(R"((module
    (memory $a (export "memory") i64 1)
    (memory $b 1)
    (data $text "text")
    (data (memory $a) (i64.const 100) "active")
    (func (export "init") (param i64 i32 i32)
      (memory.init $a $text (local.get 0) (local.get 1) (local.get 2)))
    (func (export "fill") (param i64 i32 i64) (memory.fill $a (local.get 0) (local.get 1) (local.get 2)))
    (func (export "copy") (param i64 i64 i64) (memory.copy $a $a (local.get 0) (local.get 1) (local.get 2)))
    (func (export "through32") (param i32 i64 i32)
      (memory.copy $b $a (local.get 0) (local.get 1) (local.get 2))
      (memory.copy $a $b (local.get 1) (local.get 0) (local.get 2)))))");
  const Memory memory = *instance.memory("memory");
  const auto init = get<void(int64_t, int32_t, int32_t)>(instance, "init");
  const auto fill = get<void(int64_t, int32_t, int64_t)>(instance, "fill");
  const auto copy = get<void(int64_t, int64_t, int64_t)>(instance, "copy");
  EXPECT_EQ(value(memory.string(100, 6)), "active");
  ASSERT_TRUE(init(65532, 0, 4));
  ASSERT_TRUE(copy(10, 65532, 4));
  ASSERT_TRUE(fill(12, 'z', 1));
  ASSERT_TRUE((get<void(int32_t, int64_t, int32_t)>(instance, "through32")(7, 10, 4)));
  EXPECT_EQ(value(memory.string(10, 4)), "tezt");
  EXPECT_EQ(trapOf(init(-1, 0, 1)), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(trapOf(fill(1, 0, -1)), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(trapOf(fill(-4, 0, 8)), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(trapOf(copy(0, -4, 8)), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(trapOf(copy(65536, 0, 1)), TrapCode::MemoryOutOfBounds);
}

TEST_P(Memories64, ActiveSegmentsOutsideTrap) {
  // In 32 bits the address would be 0.
  const Result<Instance> instance =
      guest.tryInstantiate(R"((module (memory i64 1) (data (i64.const 0x100000000) "x")))");
  ASSERT_FALSE(instance);
  EXPECT_EQ(trapOf(instance), TrapCode::MemoryOutOfBounds);
}

TEST_P(Memories64, AreNoneWith32BitAddresses) {
  guest.linker.define("m", "wide", Extern(*Memory::create(guest.store, {{1, 2, true, false}})));
  guest.linker.define("m", "narrow", Extern(*Memory::create(guest.store, {{1, 2}})));
  EXPECT_TRUE(guest.tryInstantiate(R"((module (import "m" "wide" (memory i64 1 2))))"));
  const Result<Instance> wrong = guest.tryInstantiate(R"((module (import "m" "narrow" (memory i64 1))))");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, ErrorCode::Link);
  EXPECT_NE(wrong.error().message.find("m.narrow: memory i64 1.., found memory 1..2"), std::string::npos)
      << wrong.error().message;
  EXPECT_FALSE(guest.tryInstantiate(R"((module (import "m" "wide" (memory 1))))"));
}

// The largest offsets, which the text format does not have: i64.load at `offset` + parameter.
std::string moduleWithOffset(uint64_t offset) {
  std::vector<uint8_t> body = {0x00, 0x20, 0x00, 0x29, 0x00};
  for (; offset > 0x7f; offset >>= 7) body.push_back(static_cast<uint8_t>(offset | 0x80));
  body.push_back(static_cast<uint8_t>(offset));
  body.push_back(0x0b);
  const auto size = static_cast<uint8_t>(body.size());
  std::vector<uint8_t> module = {0,    'a',  's',  'm',  1,    0,    0,    0,     // header
                                 0x01, 0x06, 0x01, 0x60, 0x01, 0x7e, 0x01, 0x7e,  // (i64) -> (i64)
                                 0x03, 0x02, 0x01, 0x00,                          // one function
                                 0x05, 0x03, 0x01, 0x04, 0x01,                    // (memory i64 1)
                                 0x07, 0x05, 0x01, 0x01, 'f',  0x00, 0x00,        // (export "f")
                                 0x0a};
  module.insert(module.end(), {static_cast<uint8_t>(size + 2), 0x01, size});
  module.insert(module.end(), body.begin(), body.end());
  return {module.begin(), module.end()};
}

TEST_P(Memories64, TrapForOffsetsThatAreOutsideThemselves) {
  for (const uint64_t offset :
       {uint64_t{1} << 32, uint64_t{1} << 36, UINT64_MAX - 7, UINT64_MAX - 8, UINT64_MAX}) {
    const auto load = get<int64_t(int64_t)>(guest.instantiate(moduleWithOffset(offset)), "f");
    // The second one wraps around to 0.
    for (const uint64_t address : {uint64_t{0}, 0 - offset, uint64_t{8}, UINT64_MAX})
      EXPECT_EQ(trapOf(load(static_cast<int64_t>(address))), TrapCode::MemoryOutOfBounds)
          << address << " + " << offset;
  }
}

}  // namespace
}  // namespace wasmc::test
