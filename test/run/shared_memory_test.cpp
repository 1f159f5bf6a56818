// Memories that threads share: each thread has a store and an instance of its own.
#include "guest.h"

#include <array>
#include <atomic>
#include <functional>
#include <optional>
#include <thread>

namespace wasmc::test {
namespace {

constexpr MemoryType kType{{.min = 1, .max = 64, .is64 = false, .shared = true}};

// A module whose functions work on the imported memory.
constexpr char kWorker[] = R"((module
  (import "env" "memory" (memory 1 64 shared))
  (data $text "passive")
  (func (export "count") (param i32)
    (loop $again
      (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
      (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
  (func $lock
    (loop $try
      (if (i32.atomic.rmw.cmpxchg (i32.const 4) (i32.const 0) (i32.const 1))
        (then
          (drop (memory.atomic.wait32 (i32.const 4) (i32.const 1) (i64.const -1)))
          (br $try)))))
  (func $unlock
    (i32.atomic.store (i32.const 4) (i32.const 0))
    (drop (memory.atomic.notify (i32.const 4) (i32.const 1))))
  (func (export "count_locked") (param i32)
    (loop $again
      (call $lock)
      (i32.store (i32.const 8) (i32.add (i32.load (i32.const 8)) (i32.const 1)))
      (call $unlock)
      (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
  (func (export "await") (result i32)
    (drop (i32.atomic.rmw.add (i32.const 12) (i32.const 1)))
    (memory.atomic.wait32 (i32.const 16) (i32.const 0) (i64.const -1)))
  (func (export "grow") (result i32)
    (local $page i32)
    (if (i32.ne (local.tee $page (memory.grow (i32.const 1))) (i32.const -1))
      (then (i32.atomic.store (i32.mul (local.get $page) (i32.const 65536)) (i32.const 1))))
    (local.get $page))
  (func (export "init") (memory.init $text (i32.const 32) (i32.const 0) (i32.const 7)))
  (func (export "fill") (memory.fill (i32.const 64) (i32.const 1) (i32.const 4096)))
  (func (export "copy") (memory.copy (i32.const 8192) (i32.const 64) (i32.const 4096)))))";

class SharedMemories : public testing::Test {
 protected:
  SharedMemories() : module(guest.load(kWorker)) { guest.linker.define("env", "memory", memory); }

  // Runs `body` with an instance of its own in each of `count` threads.
  void inThreads(unsigned count, const std::function<void(const Instance&)>& body) const {
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < count; ++i) {
      threads.emplace_back([&] {
        const Store store(guest.engine);
        body(*guest.linker.instantiate(store, module));
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  uint32_t word(uint64_t address) const {
    return __atomic_load_n(reinterpret_cast<uint32_t*>(memory.data() + address), __ATOMIC_SEQ_CST);
  }

  Guest guest;
  SharedMemory memory = *SharedMemory::create(kType);
  Module module;
};

TEST_F(SharedMemories, AtomicAdditionsOfAllThreadsCount) {
  inThreads(8, [](const Instance& instance) { EXPECT_TRUE(get<void(int32_t)>(instance, "count")(10'000)); });
  EXPECT_EQ(word(0), 80'000u);
}

TEST_F(SharedMemories, AMutexOfWaitAndNotifyExcludes) {
  inThreads(
      4, [](const Instance& instance) { EXPECT_TRUE(get<void(int32_t)>(instance, "count_locked")(2'000)); });
  EXPECT_EQ(word(8), 8'000u);
}

TEST_F(SharedMemories, NotifyWakesThreadsOfOtherStores) {
  std::thread host([&] {
    while (word(12) < 3) std::this_thread::yield();
    // Those who have announced themselves may not wait yet.
    for (uint32_t woken = 0; woken < 3;) woken += *memory.notify(16, 1);
  });
  inThreads(3, [](const Instance& instance) { EXPECT_EQ(value(get<int32_t()>(instance, "await")()), 0); });
  host.join();
}

TEST_F(SharedMemories, GrowInAllThreadsAtOnce) {
  std::array<std::atomic<int>, 64> grown = {};
  inThreads(7, [&](const Instance& instance) {
    const auto grow = get<int32_t()>(instance, "grow");
    for (int i = 0; i < 10; ++i) {
      const int32_t page = value(grow());
      if (page >= 0) ++grown[static_cast<size_t>(page)];
    }
  });
  // Each page was handed out once, and is there.
  EXPECT_EQ(memory.byteSize(), 64u * 65536);
  for (uint32_t page = 1; page < 64; ++page) {
    EXPECT_EQ(grown[page], 1) << page;
    EXPECT_EQ(word(uint64_t{page} * 65536), 1u) << page;
  }
}

TEST_F(SharedMemories, TakePassiveSegmentsFillsAndCopiesOfAllThreads) {
  inThreads(4, [](const Instance& instance) {
    for (const char* name : {"init", "fill", "copy"}) EXPECT_TRUE(get<void()>(instance, name)());
  });
  EXPECT_EQ(std::string_view(reinterpret_cast<const char*>(memory.data()) + 32, 7), "passive");
  EXPECT_EQ(memory.data()[8192 + 4095], 1);
}

TEST_F(SharedMemories, AreOneThingInAStore) {
  EXPECT_EQ(memory.in(guest.store), memory.in(guest.store));
  EXPECT_EQ(memory.in(guest.store).shared(), memory);
  EXPECT_EQ(memory.in(guest.store).span().data(), memory.data());
}

TEST_F(SharedMemories, OutliveTheStoreThatMadeThem) {
  std::optional<SharedMemory> kept;
  {
    const Store store(guest.engine);
    const Instance instance = *guest.linker.instantiate(
        store, guest.load(R"((module (memory (export "memory") 1 2 shared) (data (i32.const 0) "left")))"));
    kept = instance.memory("memory")->shared();
  }
  ASSERT_TRUE(kept);
  EXPECT_EQ(std::string_view(reinterpret_cast<const char*>(kept->data()), 4), "left");
  EXPECT_EQ(value(kept->grow(1)), 1u);
}

TEST_F(SharedMemories, AreNoneThatAreNotShared) {
  const Result<Instance> wrong = guest.tryInstantiate(R"((module (import "env" "memory" (memory 1 64))))");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, ErrorCode::Link);
  EXPECT_NE(wrong.error().message.find("env.memory: memory 1..64, found memory 1..64 shared"),
            std::string::npos)
      << wrong.error().message;
}

TEST_F(SharedMemories, CountAgainstTheLimitOfTheStoreThatMadeThem) {
  StoreLimits limits;
  limits.memory_bytes = 2 * 65536;
  const Store store(guest.engine, limits);
  const Memory made = *Memory::create(store, kType);
  EXPECT_EQ(value(made.grow(1)), 1u);
  EXPECT_EQ(made.grow(1).error().code, ErrorCode::Limit);
  EXPECT_EQ(made.shared()->grow(1).error().code, ErrorCode::Limit);
}

}  // namespace
}  // namespace wasmc::test
