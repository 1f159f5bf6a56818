// The atomic instructions: what they compute, and when they trap.
#include "guest.h"

namespace wasmc::test {
namespace {

class Atomics : public EachLevel {};
WASMC_EACH_LEVEL(Atomics);

struct Width {
  const char* type;
  const char* prefix;  // "i64.atomic.rmw8.", the name of the test's function too
  const char* suffix;
  unsigned bytes;
};

constexpr Width kWidths[] = {
    {"i32", "i32.atomic.rmw8.", "_u", 1},  {"i32", "i32.atomic.rmw16.", "_u", 2},
    {"i32", "i32.atomic.rmw.", "", 4},     {"i64", "i64.atomic.rmw8.", "_u", 1},
    {"i64", "i64.atomic.rmw16.", "_u", 2}, {"i64", "i64.atomic.rmw32.", "_u", 4},
    {"i64", "i64.atomic.rmw.", "", 8},
};

// A module with a function for each width of an operation.
std::string operationModule(const std::string& operation) {
  std::string wat = R"((module (memory (export "memory") 1 1 shared))";
  for (const Width& w : kWidths)
    wat += std::string("(func (export \"") + w.prefix + "\") (param i32 " + w.type + ") (result " + w.type +
           ") (" + w.prefix + operation + w.suffix + " (local.get 0) (local.get 1)))";
  return wat + ")";
}

struct Operation {
  const char* name;
  uint64_t (*compute)(uint64_t, uint64_t);
};

constexpr Operation kOperations[] = {
    {"add", [](uint64_t a, uint64_t b) { return a + b; }},
    {"sub", [](uint64_t a, uint64_t b) { return a - b; }},
    {"and", [](uint64_t a, uint64_t b) { return a & b; }},
    {"or", [](uint64_t a, uint64_t b) { return a | b; }},
    {"xor", [](uint64_t a, uint64_t b) { return a ^ b; }},
    {"xchg", [](uint64_t, uint64_t b) { return b; }},
};

constexpr uint64_t kBefore = 0xf1e2'd3c4'b5a6'9788;
constexpr uint64_t kOperand = 0x0102'0304'8586'87ff;

uint64_t lowBytes(uint64_t value, unsigned bytes) {
  return bytes == 8 ? value : value & ((uint64_t{1} << (8 * bytes)) - 1);
}

// Runs one read-modify-write on the low bytes of the word at 0, and compares result and memory.
template <typename T>
void checkOperation(const Instance& instance, const Width& width, const Operation& operation) {
  SCOPED_TRACE(std::string(width.prefix) + operation.name);
  const Memory memory = *instance.memory("memory");
  ASSERT_TRUE(memory.write(0, kBefore));
  const T result = value(get<T(int32_t, T)>(instance, width.prefix)(0, static_cast<T>(kOperand)));
  EXPECT_EQ(static_cast<std::make_unsigned_t<T>>(result), lowBytes(kBefore, width.bytes));
  const uint64_t changed = lowBytes(operation.compute(kBefore, kOperand), width.bytes);
  EXPECT_EQ(value(memory.read<uint64_t>(0)), (kBefore ^ lowBytes(kBefore, width.bytes)) | changed);
}

TEST_P(Atomics, ReadModifyWrite) {
  for (const Operation& operation : kOperations) {
    const Instance instance = guest.instantiate(operationModule(operation.name));
    for (const Width& width : kWidths) {
      if (std::string_view(width.type) == "i32")
        checkOperation<int32_t>(instance, width, operation);
      else
        checkOperation<int64_t>(instance, width, operation);
    }
  }
}

TEST_P(Atomics, ReadModifyWriteTrapsOutsideAndUnaligned) {
  const Instance instance = guest.instantiate(operationModule("add"));
  const auto add = get<int32_t(int32_t, int32_t)>(instance, "i32.atomic.rmw.");
  EXPECT_EQ(trapOf(add(65536, 1)), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(trapOf(add(2, 1)), TrapCode::UnalignedAtomic);
  // Alignment comes first.
  EXPECT_EQ(trapOf(add(65537, 1)), TrapCode::UnalignedAtomic);
  EXPECT_EQ(trapOf(get<int32_t(int32_t, int32_t)>(instance, "i32.atomic.rmw8.")(65536, 1)),
            TrapCode::MemoryOutOfBounds);
}

constexpr char kCompareExchange[] = R"((module (memory (export "memory") 1 1 shared)
  (func (export "wide") (param i64 i64) (result i64)
    (i64.atomic.rmw.cmpxchg (i32.const 0) (local.get 0) (local.get 1)))
  (func (export "narrow") (param i64 i64) (result i64)
    (i64.atomic.rmw32.cmpxchg_u (i32.const 0) (local.get 0) (local.get 1)))
  (func (export "byte") (param i32 i32) (result i32)
    (i32.atomic.rmw8.cmpxchg_u (i32.const 0) (local.get 0) (local.get 1)))))";

TEST_P(Atomics, CompareExchangeReplacesWhatIsEqual) {
  const Instance instance = guest.instantiate(kCompareExchange);
  const Memory memory = *instance.memory("memory");
  const auto exchange = get<int64_t(int64_t, int64_t)>(instance, "wide");
  EXPECT_EQ(value(exchange(0, 5)), 0);
  EXPECT_EQ(value(exchange(4, 6)), 5);
  EXPECT_EQ(value(memory.read<uint64_t>(0)), 5u);
  EXPECT_EQ(value(get<int32_t(int32_t, int32_t)>(instance, "byte")(5, 0x1ff)), 5);
  EXPECT_EQ(value(memory.read<uint64_t>(0)), 0xffu);
}

TEST_P(Atomics, NarrowCompareExchangeComparesTheBitsThatItLoads) {
  const Instance instance = guest.instantiate(kCompareExchange);
  const Memory memory = *instance.memory("memory");
  ASSERT_TRUE(memory.write<uint64_t>(0, 0x77));
  EXPECT_EQ(value(get<int32_t(int32_t, int32_t)>(instance, "byte")(0x177, 1)), 0x77);
  EXPECT_EQ(value(memory.read<uint64_t>(0)), 1u);
  EXPECT_EQ(value(get<int64_t(int64_t, int64_t)>(instance, "narrow")(0x1'0000'0001, 2)), 1);
  EXPECT_EQ(value(memory.read<uint64_t>(0)), 2u);
}

TEST_P(Atomics, LoadsExtendAndStoresTruncate) {
  const Instance instance = guest.instantiate(R"((module (memory (export "memory") 1)
    (func (export "run") (result i64)
      (i64.atomic.store (i32.const 8) (i64.const -1))
      (i64.atomic.store32 (i32.const 8) (i64.const 0x11223344aabbccdd))
      (i32.atomic.store8 (i32.const 8) (i32.const 0xffffff01))
      (atomic.fence)
      (i64.add (i64.atomic.load32_u (i32.const 8))
        (i64.extend_i32_u (i32.add (i32.atomic.load16_u (i32.const 12)) (i32.atomic.load8_u (i32.const 8))))))))");
  EXPECT_EQ(value(get<int64_t()>(instance, "run")()), 0xaabbcc01 + 0xffff + 1);
}

TEST_P(Atomics, DroppedLoadsTrap) {
  const Instance instance = guest.instantiate(R"((module (memory 1 1 shared)
    (func (export "load") (param i32) (drop (i64.atomic.load (local.get 0))))
    (func (export "or0") (param i32) (drop (i32.atomic.rmw.or (local.get 0) (i32.const 0))))))");
  for (const char* name : {"load", "or0"}) {
    const auto function = get<void(int32_t)>(instance, name);
    EXPECT_TRUE(function(65528));
    EXPECT_EQ(trapOf(function(65536)), TrapCode::MemoryOutOfBounds);
    EXPECT_EQ(trapOf(function(1)), TrapCode::UnalignedAtomic);
  }
}

constexpr char kWaiting[] = R"((module (memory $shared 1 2 shared) (memory $own 1)
  (func (export "wait32") (param i32 i32 i64) (result i32)
    (memory.atomic.wait32 $shared offset=4 (local.get 0) (local.get 1) (local.get 2)))
  (func (export "wait64") (param i32 i64 i64) (result i32)
    (memory.atomic.wait64 $shared (local.get 0) (local.get 1) (local.get 2)))
  (func (export "notify") (param i32 i32) (result i32)
    (memory.atomic.notify $shared (local.get 0) (local.get 1)))
  (func (export "wait_own") (param i32) (result i32)
    (memory.atomic.wait32 $own (local.get 0) (i32.const 0) (i64.const 0)))
  (func (export "notify_own") (param i32) (result i32)
    (memory.atomic.notify $own (local.get 0) (i32.const 1)))))";

TEST_P(Atomics, WaitingSaysWhyItEnded) {
  const Instance instance = guest.instantiate(kWaiting);
  const auto wait32 = get<int32_t(int32_t, int32_t, int64_t)>(instance, "wait32");
  const auto wait64 = get<int32_t(int32_t, int64_t, int64_t)>(instance, "wait64");
  EXPECT_EQ(value(wait32(0, 1, -1)), 1);
  EXPECT_EQ(value(wait32(0, 0, 0)), 2);
  EXPECT_EQ(value(wait64(8, 1, -1)), 1);
  EXPECT_EQ(value(wait64(8, 0, 1000)), 2);
}

TEST_P(Atomics, WaitingTrapsUnalignedOutsideAndUnshared) {
  const Instance instance = guest.instantiate(kWaiting);
  const auto wait32 = get<int32_t(int32_t, int32_t, int64_t)>(instance, "wait32");
  const auto wait_own = get<int32_t(int32_t)>(instance, "wait_own");
  EXPECT_EQ(trapOf(wait32(2, 0, 0)), TrapCode::UnalignedAtomic);
  EXPECT_EQ(trapOf(wait32(65532, 0, 0)), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(trapOf(wait32(-4, 0, 0)), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(trapOf(wait_own(0)), TrapCode::ExpectedSharedMemory);
  EXPECT_EQ(trapOf(wait_own(1)), TrapCode::UnalignedAtomic);
}

TEST_P(Atomics, WorkOnMemoriesWith64BitAddresses) {
  const Instance instance = guest.instantiate(R"((module (memory (export "memory") i64 1 1 shared)
    (func (export "add") (param i64 i64) (result i64)
      (i64.atomic.rmw.add offset=8 (local.get 0) (local.get 1)))
    (func (export "wait") (param i64) (result i32)
      (memory.atomic.wait64 offset=8 (local.get 0) (i64.const 0) (i64.const 0)))
    (func (export "notify") (param i64) (result i32)
      (memory.atomic.notify offset=8 (local.get 0) (i32.const 1)))))");
  const auto add = get<int64_t(int64_t, int64_t)>(instance, "add");
  const auto wait = get<int32_t(int64_t)>(instance, "wait");
  const auto notify = get<int32_t(int64_t)>(instance, "notify");
  EXPECT_EQ(value(add(8, 3)), 0);
  EXPECT_EQ(value(add(8, 3)), 3);
  EXPECT_EQ(value(wait(8)), 1);
  EXPECT_EQ(value(wait(16)), 2);
  EXPECT_EQ(value(notify(16)), 0);
  EXPECT_EQ(trapOf(add(65528, 1)), TrapCode::MemoryOutOfBounds);
  // The sums are 0 if only 64 bits of them are kept.
  EXPECT_EQ(trapOf(add(-8, 1)), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(trapOf(wait(-8)), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(trapOf(notify(-8)), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(trapOf(add(-7, 1)), TrapCode::UnalignedAtomic);
}

TEST_P(Atomics, NobodyWaitsInAnUnsharedMemory) {
  const Instance instance = guest.instantiate(kWaiting);
  const auto notify = get<int32_t(int32_t)>(instance, "notify_own");
  EXPECT_EQ(value(notify(0)), 0);
  EXPECT_EQ(trapOf(notify(65536)), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(trapOf(notify(3)), TrapCode::UnalignedAtomic);
  EXPECT_EQ(value(get<int32_t(int32_t, int32_t)>(instance, "notify")(0, -1)), 0);
}

}  // namespace
}  // namespace wasmc::test
