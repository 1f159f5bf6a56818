// Shared memories as hosts use them, without guest code: growth, waiting and waking in many threads.
#include <gtest/gtest.h>
#include <wasmc/wasmc.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

namespace wasmc {
namespace {

constexpr MemoryType kType{{.min = 1, .max = 64, .is64 = false, .shared = true}};
constexpr int64_t kNever = -1;
constexpr int64_t kSecond = 1'000'000'000;
constexpr unsigned kThreads = 8;

class SharedMemoryTest : public testing::Test {
 protected:
  template <typename T>
  T& at(uint64_t address) const {
    return *reinterpret_cast<T*>(memory.data() + address);
  }
  uint32_t load(uint64_t address) const { return std::atomic_ref(at<uint32_t>(address)).load(); }
  // Runs `body(number)` in each thread.
  template <typename F>
  static void inThreads(F body) {
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < kThreads; ++i) threads.emplace_back(body, i);
    for (std::thread& thread : threads) thread.join();
  }

  Engine engine;
  SharedMemory memory = *SharedMemory::create(kType);
};

TEST_F(SharedMemoryTest, TheTypeMustBeShared) {
  EXPECT_EQ(SharedMemory::create({{.min = 1, .max = 2}}).error().message,
            "memory 1..2 is not the type of a shared memory");
  EXPECT_EQ(SharedMemory::create({{.min = 1, .max = {}, .is64 = false, .shared = true}}).error().code,
            ErrorCode::Limit);
}

TEST_F(SharedMemoryTest, StopsAtTheLimitOfBytes) {
  const SharedMemory limited = *SharedMemory::create(kType, 3 * 65536);
  EXPECT_EQ(*limited.grow(2), 1u);
  EXPECT_EQ(limited.grow(1).error().code, ErrorCode::Limit);
}

TEST_F(SharedMemoryTest, WaitingComparesFirst) {
  EXPECT_EQ(*memory.wait32(8, 1, kNever), WaitResult::NotEqual);
  EXPECT_EQ(*memory.wait64(8, 1, kNever), WaitResult::NotEqual);
  at<uint64_t>(8) = uint64_t{1} << 32;
  EXPECT_EQ(*memory.wait64(8, 0, kNever), WaitResult::NotEqual);
  EXPECT_EQ(*memory.wait32(8, 0, 0), WaitResult::TimedOut);
}

TEST_F(SharedMemoryTest, WaitingEndsWithItsTime) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(*memory.wait32(0, 0, 20'000'000), WaitResult::TimedOut);
  EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(20));
  EXPECT_EQ(*memory.notify(0, UINT32_MAX), 0u);
}

TEST_F(SharedMemoryTest, AddressesAreChecked) {
  EXPECT_EQ(memory.wait32(2, 0, 0).error().code, ErrorCode::Memory);
  EXPECT_EQ(memory.wait64(4, 0, 0).error().code, ErrorCode::Memory);
  EXPECT_EQ(memory.wait64(65536, 0, 0).error().code, ErrorCode::Memory);
  EXPECT_EQ(memory.notify(UINT64_MAX - 3, 1).error().message,
            "4 bytes at address 18446744073709551612 are not all inside the memory of 65536 bytes");
}

TEST_F(SharedMemoryTest, NotifyWakesAtMostThatManyOfThatAddress) {
  std::atomic<unsigned> ended = 0;
  std::thread other([&] { EXPECT_EQ(*memory.wait32(4, 0, kNever), WaitResult::Ok); });
  std::thread waker([&] {
    for (unsigned woken = 0; woken < kThreads;) {
      const uint32_t now = *memory.notify(0, 2);
      EXPECT_LE(now, 2u);
      woken += now;
    }
    while (ended < kThreads) std::this_thread::yield();
    while (*memory.notify(4, 1) == 0) std::this_thread::yield();
  });
  inThreads([&](unsigned) {
    EXPECT_EQ(*memory.wait32(0, 0, kNever), WaitResult::Ok);
    ++ended;
  });
  waker.join();
  other.join();
}

// A mutex of three words of code, as a guest would have it.
TEST_F(SharedMemoryTest, NoWakeUpIsLost) {
  constexpr int kRounds = 2000;
  const std::atomic_ref locked(at<uint32_t>(0));
  uint32_t& counter = at<uint32_t>(8);
  inThreads([&](unsigned) {
    for (int i = 0; i < kRounds; ++i) {
      while (locked.exchange(1) != 0) EXPECT_NE(*memory.wait32(0, 1, 60 * kSecond), WaitResult::TimedOut);
      ++counter;
      locked = 0;
      EXPECT_LE(*memory.notify(0, 1), 1u);
    }
  });
  EXPECT_EQ(counter, kThreads * kRounds);
}

TEST_F(SharedMemoryTest, TimeoutsAndWakersRace) {
  std::atomic<unsigned> waiting = kThreads - 1;
  std::atomic<unsigned> woken = 0;
  std::atomic<unsigned> notified = 0;
  inThreads([&](unsigned number) {
    if (number == 0) {
      while (waiting > 0) notified += *memory.notify(0, 1);
      return;
    }
    for (int i = 0; i < 200; ++i)
      if (*memory.wait32(0, 0, i * 1000) == WaitResult::Ok) ++woken;
    --waiting;
  });
  EXPECT_EQ(woken, notified);
}

TEST_F(SharedMemoryTest, GrowsWhileOthersLook) {
  std::atomic<unsigned> grown = 0;
  inThreads([&](unsigned) {
    const Store store(engine);
    const Memory mine = memory.in(store);
    for (int i = 0; i < 8; ++i) {
      const Result<uint64_t> page = mine.grow(1);
      if (!page) continue;
      ++grown;
      EXPECT_EQ(*mine.read<uint64_t>(*page * 65536 + 65528), 0u);
      ASSERT_TRUE(mine.write<uint64_t>(*page * 65536 + 65528, *page));
    }
  });
  EXPECT_EQ(grown, 63u);
  EXPECT_EQ(memory.type().limits.min, 64u);
  for (uint64_t page = 1; page < 64; ++page) EXPECT_EQ(at<uint64_t>(page * 65536 + 65528), page);
}

TEST_F(SharedMemoryTest, LivesAsLongAsAStoreThatItIsIn) {
  const Store store(engine);
  const Memory mine = SharedMemory::create(kType)->in(store);
  ASSERT_TRUE(mine.write<uint32_t>(0, 7));
  EXPECT_EQ(*mine.read<uint32_t>(0), 7u);
}

}  // namespace
}  // namespace wasmc
