// Calls that are ended from outside: by another thread, by a deadline.
#include <wasmc/interrupt.h>
#include <wasmc/wasi.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <functional>
#include <random>
#include <thread>

#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "guest.h"

namespace wasmc::test {
namespace {

using namespace std::chrono_literals;

// Functions that never return, each in its own way; and one that does.
constexpr char kEndless[] = R"((module $endless
  (import "host" "nothing" (func $nothing))
  (import "host" "nested" (func $nested))
  (memory 1 100)
  (table funcref (elem $nothing))
  (type $void (func))
  (global $count (mut i32) (i32.const 0))
  (func $spin (export "spin") (loop (br 0)))
  (func (export "count") (loop
    (global.set $count (i32.add (global.get $count) (i32.const 1)))
    (br 0)))
  (func (export "call_host") (loop (call $nothing) (br 0)))
  (func (export "call_table") (loop (call_indirect (type $void) (i32.const 0)) (br 0)))
  (func (export "grow") (loop (drop (memory.grow (i32.const 0))) (br 0)))
  (func $recurse (export "recurse") (param i32)
    (if (local.get 0)
      (then (call $recurse (i32.sub (local.get 0) (i32.const 1))))
      (else (call $nested) (loop (br 0)))))
  (func (export "nest") (call $nested))
  (func (export "nest_and_spin") (call $nested) (loop (br 0)))
  (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))))";

// Interrupts some time after it was made: most likely in the call that follows.
class Interrupter {
 public:
  explicit Interrupter(const InterruptHandle& handle)
      : thread_([handle] {
          std::this_thread::sleep_for(2ms);
          handle.interrupt();
        }) {}
  ~Interrupter() { thread_.join(); }

 private:
  std::thread thread_;
};

template <typename T>
void expectInterrupted(const Result<T>& result) {
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::Interrupted) << result.error().message;
  EXPECT_EQ(trapOf(result), TrapCode::Interrupted);
}

struct Endless {
  Guest guest;
  std::function<void()> nested = [] {};
  Instance instance;

  explicit Endless(const EngineOptions& options = {}, const char* level = "2")
      : guest(level, options), instance(instantiate()) {}
  Instance instantiate() {
    guest.linker.define("host", "nothing", [] {});
    guest.linker.define("host", "nested", [this] { nested(); });
    return guest.instantiate(kEndless);
  }
  Result<void> call(std::string_view name) const { return get<void()>(instance, name)(); }
  void expectItWorks() const {
    EXPECT_EQ(value(get<int32_t(int32_t, int32_t)>(instance, "add")(20, 22)), 42);
  }
};

// ThreadSanitizer keeps signals back until the thread calls into the C library, which guest code does not.
class Interrupt : public testing::Test {
 protected:
  void SetUp() override {
#ifdef __SANITIZE_THREAD__
    GTEST_SKIP() << "ThreadSanitizer does not let signals interrupt guest code";
#endif
  }
};

class InterruptEach : public Interrupt, public testing::WithParamInterface<const char*> {};

TEST_P(InterruptEach, ACallThatNeverReturnsEndsAndTheInstanceWorksOn) {
  const Endless endless;
  {
    const Interrupter interrupter(endless.guest.store.interruptHandle());
    expectInterrupted(endless.call(GetParam()));
  }
  endless.expectItWorks();
}

TEST_P(InterruptEach, ADeadlineEndsIt) {
  const Endless endless;
  ASSERT_TRUE(endless.guest.store.setDeadline(2ms));
  expectInterrupted(endless.call(GetParam()));
  endless.guest.store.clearDeadline();
  endless.expectItWorks();
}

INSTANTIATE_TEST_SUITE_P(Loop, InterruptEach,
                         testing::Values("spin", "count", "call_host", "call_table", "grow"),
                         [](const auto& name) { return std::string(name.param); });

TEST_F(Interrupt, TheBacktraceSaysWhereTheGuestWas) {
  Endless endless({}, "0");
  endless.nested = [&] { endless.guest.store.interruptHandle().interrupt(); };
  const Result<void> result = get<void(int32_t)>(endless.instance, "recurse")(3);
  expectInterrupted(result);
  const std::vector<Frame>& frames = result.error().trap->frames();
  ASSERT_EQ(frames.size(), 4);
  for (const Frame& frame : frames) EXPECT_EQ(frame.function, "recurse");
  EXPECT_TRUE(frames[0].offset);
}

TEST_F(Interrupt, AnInterruptionBeforeACallEndsTheNextOne) {
  const Endless endless;
  endless.guest.store.interruptHandle().interrupt();
  expectInterrupted(endless.call("spin"));
  endless.expectItWorks();
}

TEST_F(Interrupt, AnInterruptionCanBeTakenBack) {
  const Endless endless;
  endless.guest.store.interruptHandle().interrupt();
  endless.guest.store.clearInterrupt();
  endless.expectItWorks();
}

TEST_F(Interrupt, CallsAfterTheDeadlineEndAtOnce) {
  const Endless endless;
  ASSERT_TRUE(endless.guest.store.setDeadline(-1ns));
  expectInterrupted(endless.call("spin"));
  expectInterrupted(endless.call("spin"));
  endless.guest.store.clearDeadline();
  endless.expectItWorks();
}

TEST_F(Interrupt, ADeadlineThatDoesNotPassLeavesCallsAlone) {
  const Endless endless;
  ASSERT_TRUE(endless.guest.store.setDeadline(1h));
  endless.expectItWorks();
  endless.expectItWorks();
}

TEST_F(Interrupt, AHandleOutlivesItsStore) {
  std::optional<InterruptHandle> handle;
  {
    const Endless endless;
    handle = endless.guest.store.interruptHandle();
  }
  handle->interrupt();
}

TEST_F(Interrupt, OtherStoresOfTheThreadAreNotConcerned) {
  const Endless one;
  const Endless other;
  one.guest.store.interruptHandle().interrupt();
  other.expectItWorks();
}

// Host functions are finished: what they own is released, and what they do is done.
TEST_F(Interrupt, AHostFunctionComesToItsOwnEnd) {
  Endless endless;
  bool finished = false;
  const InterruptHandle handle = endless.guest.store.interruptHandle();
  endless.nested = [&] {
    handle.interrupt();
    timespec left = {0, 10'000'000};
    while (nanosleep(&left, &left) != 0) {
    }
    EXPECT_TRUE(interrupted());
    finished = true;
  };
  expectInterrupted(endless.call("nest_and_spin"));
  EXPECT_TRUE(finished);
  EXPECT_FALSE(interrupted());
  endless.expectItWorks();
}

TEST_F(Interrupt, ASystemCallOfAHostFunctionMayEndWithIt) {
  Endless endless;
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const InterruptHandle handle = endless.guest.store.interruptHandle();
  long result = 0;
  for (const bool before : {true, false}) {
    endless.nested = [&] {
      if (before) handle.interrupt();
      char byte = 0;
      result = waitingCall(SYS_read, ends[0], &byte, 1);
    };
    std::optional<Interrupter> interrupter;
    if (!before) interrupter.emplace(handle);
    expectInterrupted(endless.call("nest_and_spin"));
    EXPECT_EQ(result, -EINTR);
  }
  close(ends[0]);
  close(ends[1]);
}

// The host function gets the error of the call that it made. Whatever it makes of it, the outer call ends,
// too.
TEST_F(Interrupt, AnInterruptionEndsNestedCallsAndTheOneAroundThem) {
  Endless endless;
  endless.nested = [&] { expectInterrupted(endless.call("spin")); };
  {
    const Interrupter interrupter(endless.guest.store.interruptHandle());
    expectInterrupted(endless.call("nest_and_spin"));
  }
  endless.expectItWorks();
}

TEST_F(Interrupt, GuestsOfOtherStoresThatTheCallHasCalledEndWithIt) {
  Endless outer;
  const Endless inner;
  outer.nested = [&] { expectInterrupted(inner.call("spin")); };
  {
    const Interrupter interrupter(outer.guest.store.interruptHandle());
    expectInterrupted(outer.call("nest_and_spin"));
  }
  outer.expectItWorks();
  inner.expectItWorks();
}

TEST_F(Interrupt, ANestedCallOfAnotherStoreEndsAlone) {
  Endless outer;
  const Endless inner;
  ASSERT_TRUE(inner.guest.store.setDeadline(2ms));
  outer.nested = [&] { expectInterrupted(inner.call("spin")); };
  const Result<void> result = outer.call("nest");
  EXPECT_TRUE(result) << result.error().message;
  outer.expectItWorks();
}

TEST_F(Interrupt, ADeadlineSetByAHostFunctionHoldsForTheCallAroundIt) {
  Endless endless;
  endless.nested = [&] { ASSERT_TRUE(endless.guest.store.setDeadline(1ms)); };
  expectInterrupted(endless.call("nest_and_spin"));
}

TEST_F(Interrupt, ItReachesAnotherModule) {
  Guest guest;
  guest.linker.define("host", "started", [&] { ASSERT_TRUE(guest.store.setDeadline(2ms)); });
  guest.linker.defineInstance("other", guest.instantiate(R"((module $other
    (import "host" "started" (func $started))
    (func $spin (export "spin") (call $started) (loop (br 0)))))"));
  const Instance instance = guest.instantiate(R"((module $outer
    (import "other" "spin" (func $spin))
    (func (export "run") (call $spin))))");
  const Result<void> result = get<void()>(instance, "run")();
  expectInterrupted(result);
  ASSERT_FALSE(result.error().trap->frames().empty());
  EXPECT_EQ(result.error().trap->frames().front().module, "other");
}

constexpr char kWaits[] = R"((module
  (memory (export "memory") 1 1 shared)
  (func (export "for_ever") (result i32)
    (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1)))
  (func (export "for_long") (result i32)
    (memory.atomic.wait64 (i32.const 0) (i64.const 0) (i64.const 3600000000000)))))";

TEST_F(Interrupt, AWaitAtASharedMemoryEnds) {
  const Guest guest;
  const Instance instance = guest.instantiate(kWaits);
  for (const char* name : {"for_ever", "for_long"}) {
    const Interrupter interrupter(guest.store.interruptHandle());
    expectInterrupted(get<int32_t()>(instance, name)());
  }
  // Nobody is left in the queue.
  EXPECT_EQ(value(instance.memory("memory")->shared()->notify(0, 10)), 0u);
}

constexpr char kSystem[] = R"((module
  (import "wasi_snapshot_preview1" "poll_oneoff"
    (func $poll (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read"
    (func $read (param i32 i32 i32 i32) (result i32)))
  (import "host" "started" (func $started))
  (memory (export "memory") 1)
  ;; A subscription at 0: the monotonic clock in one hour. An iovec of one byte at 100.
  (data (i32.const 16) "\01\00\00\00\00\00\00\00\00\a0\b8\30\46\03\00\00")
  (data (i32.const 100) "\c8\00\00\00\01\00\00\00")
  (func (export "sleep") (result i32)
    (call $started)
    (call $poll (i32.const 0) (i32.const 200) (i32.const 1) (i32.const 300)))
  (func (export "read") (result i32)
    (call $started)
    (call $read (i32.const 0) (i32.const 100) (i32.const 1) (i32.const 300)))))";

TEST_F(Interrupt, WhatWasiWaitsForIsGivenUp) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const int saved_input = dup(STDIN_FILENO);
  dup2(ends[0], STDIN_FILENO);
  WasiConfig config;
  config.standard_input = WasiInput::inherit();
  const Result<Wasi> wasi = Wasi::create(std::move(config));
  ASSERT_TRUE(wasi);
  Guest guest;
  wasi->addTo(guest.linker);
  std::optional<Interrupter> interrupter;
  guest.linker.define("host", "started", [&] { interrupter.emplace(guest.store.interruptHandle()); });
  const Instance instance = guest.instantiate(kSystem);
  for (const char* name : {"sleep", "read"}) {
    const Result<int32_t> result = get<int32_t()>(instance, name)();
    expectInterrupted(result);
    EXPECT_FALSE(result.error().trap->frames().empty());
    interrupter.reset();
  }
  dup2(saved_input, STDIN_FILENO);
  for (int fd : {ends[0], ends[1], saved_input}) close(fd);
}

constexpr char kSum[] = R"((module
  (memory 1)
  (func $hash (param i32) (result i32)
    (i32.xor (i32.rotl (i32.mul (local.get 0) (i32.const -1640531527)) (i32.const 7)) (local.get 0)))
  ;; Fills 1,000 words, and hashes them over and over.
  (func (export "run") (param $rounds i32) (result i32) (local $i i32) (local $sum i32)
    (loop $round
      (local.set $i (i32.const 4000))
      (loop $fill
        (local.set $i (i32.sub (local.get $i) (i32.const 4)))
        (i32.store (local.get $i) (i32.add (local.get $i) (local.get $sum)))
        (br_if $fill (local.get $i)))
      (local.set $i (i32.const 4000))
      (loop $add
        (local.set $i (i32.sub (local.get $i) (i32.const 4)))
        (local.set $sum (i32.add (local.get $sum) (call $hash (i32.load (local.get $i)))))
        (br_if $add (local.get $i)))
      (local.set $rounds (i32.sub (local.get $rounds) (i32.const 1)))
      (br_if $round (local.get $rounds)))
    (local.get $sum))))";

// At random times, so before, in, after and between calls.
TEST_F(Interrupt, TenThousandInterruptionsLeaveTheInstanceAsItWas) {
  const Guest guest;
  const auto run = get<int32_t(int32_t)>(guest.instantiate(kSum), "run");
  const int32_t expected = value(run(3));
  const InterruptHandle handle = guest.store.interruptHandle();
  std::atomic<int> ended = 0;
  constexpr int kInterruptions = 10'000;
  std::thread interrupter([&] {
    std::minstd_rand random(1);  // NOLINT(bugprone-random-generator-seed): the same each time
    for (int i = 0; i < kInterruptions; ++i) {
      const auto until = std::chrono::steady_clock::now() + std::chrono::nanoseconds(random() % 30'000);
      while (std::chrono::steady_clock::now() < until) {
      }
      handle.interrupt();
      while (ended.load() <= i) std::this_thread::yield();
    }
  });
  while (ended < kInterruptions) {
    const Result<int32_t> result = run(100'000'000);
    expectInterrupted(result);
    EXPECT_EQ(value(run(3)), expected);
    ++ended;
  }
  interrupter.join();
}

TEST_F(Interrupt, InterruptionsThatMeetShortCallsEndOneEach) {
  const Endless endless;
  const auto add = get<int32_t(int32_t, int32_t)>(endless.instance, "add");
  const InterruptHandle handle = endless.guest.store.interruptHandle();
  std::atomic<int> ended = 0;
  constexpr int kInterruptions = 2'000;
  std::thread interrupter([&] {
    for (int i = 0; i < kInterruptions; ++i) {
      handle.interrupt();
      while (ended.load() <= i) std::this_thread::yield();
    }
  });
  while (ended < kInterruptions) {
    if (const Result<int32_t> result = add(1, 2)) {
      EXPECT_EQ(*result, 3);
    } else {
      expectInterrupted(result);
      ++ended;
    }
  }
  interrupter.join();
  endless.expectItWorks();
}

volatile int foreign_signals = 0;

TEST_F(Interrupt, TheHostsHandlerOfTheSignalStillGetsItsOwn) {
  EngineOptions options;
  options.interrupt_signal = SIGRTMIN + 3;
  // Once in the process: the library's handler, too, is installed once, and must be the later one.
  static const auto previous =
      std::signal(options.interrupt_signal, [](int) { foreign_signals = foreign_signals + 1; });
  ASSERT_NE(previous, SIG_ERR);
  foreign_signals = 0;
  const Endless endless(options);
  ASSERT_TRUE(endless.guest.store.setDeadline(2ms));
  expectInterrupted(endless.call("spin"));
  EXPECT_EQ(foreign_signals, 0);
  std::raise(options.interrupt_signal);
  EXPECT_EQ(foreign_signals, 1);
}

TEST_F(Interrupt, WithoutASignalThereAreNoDeadlines) {
  EngineOptions options;
  options.interrupt_signal = 0;
  const Endless endless(options);
  const Result<void> set = endless.guest.store.setDeadline(1h);
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().code, ErrorCode::Unsupported);
  endless.guest.store.interruptHandle().interrupt();
  expectInterrupted(endless.call("spin"));
}

constexpr char kThrows[] = R"((module
  (tag $e (param i32))
  (func $throw (param i32) (throw $e (local.get 0)))
  (func (export "run")
    (loop
      (try (do (call $throw (i32.const 1)))
           (catch $e (drop) (try (do (throw $e (i32.const 2))) (catch_all))))
      (br 0)))))";

TEST_F(Interrupt, ExceptionsThatAreOnTheirWayAreFreed) {
  const Guest guest;
  const auto run = get<void()>(guest.instantiate(kThrows), "run");
  for (int i = 0; i < 50; ++i) {
    ASSERT_TRUE(guest.store.setDeadline(std::chrono::microseconds(100 + i)));
    expectInterrupted(run());
  }
}

}  // namespace
}  // namespace wasmc::test
