// wasi-threads: what a host sees of a program that starts threads.
#include "guest.h"

#include <wasmc/wasi.h>
#include <wasmc/wasi_threads.h>

#include <mutex>

namespace wasmc::test {
namespace {

// spawn(argument) starts a thread, which adds its argument to the word at 0, and notifies. Then it does what
// `ending` says.
std::string program(const std::string& ending) {
  return R"((module
    (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
    (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
    (import "env" "memory" (memory 1 2 shared))
    (export "memory" (memory 0))
    (func (export "spawn") (param i32) (result i32) (call $spawn (local.get 0)))
    (func (export "await") (param i32)
      (loop $again
        (if (i32.ne (i32.atomic.load (i32.const 0)) (local.get 0))
          (then
            (drop (memory.atomic.wait32 (i32.const 0) (i32.atomic.load (i32.const 0)) (i64.const 1000000)))
            (br $again)))))
    (func (export "wasi_thread_start") (param $thread i32) (param $argument i32)
      (drop (i32.atomic.rmw.add (i32.const 0) (local.get $argument)))
      (drop (memory.atomic.notify (i32.const 0) (i32.const -1)))
      )" +
         ending + "))";
}

Wasi sharedWasi() {
  WasiConfig config;
  config.shared_by_threads = true;
  return *Wasi::create(std::move(config));
}

class WasiThreadsTest : public testing::Test {
 protected:
  // The program's instance, whose threads end as `ending` says.
  Instance start(const std::string& ending, uint32_t max_threads = 1024) {
    wasi.addTo(guest.linker);
    const Module module = guest.load(program(ending));
    WasiThreadsConfig config;
    config.max_threads = max_threads;
    config.on_end = [this](const Error& error) {
      const std::lock_guard guard(lock);
      ends.push_back(error);
    };
    Result<WasiThreads> made = WasiThreads::create(module, guest.linker, std::move(config));
    EXPECT_TRUE(made) << made.error().message;
    threads.emplace(std::move(*made));
    return *guest.linker.instantiate(guest.store, module);
  }

  Guest guest;
  Wasi wasi = sharedWasi();
  std::mutex lock;
  std::vector<Error> ends;
  std::optional<WasiThreads> threads;
};

TEST_F(WasiThreadsTest, RunTheProgramsFunctionInTheSameMemory) {
  const Instance instance = start("");
  const auto spawn = get<int32_t(int32_t)>(instance, "spawn");
  EXPECT_EQ(value(spawn(5)), 1);
  EXPECT_EQ(value(spawn(6)), 2);
  EXPECT_TRUE(get<void(int32_t)>(instance, "await")(11));
  threads.reset();
  EXPECT_TRUE(ends.empty());
}

TEST_F(WasiThreadsTest, TellTheHostOfATrapAndOfAnExit) {
  const Instance instance = start(R"((if (i32.eq (local.get $argument) (i32.const 1)) (then unreachable))
                                     (call $exit (local.get $argument)))");
  EXPECT_EQ(value(get<int32_t(int32_t)>(instance, "spawn")(1)), 1);
  EXPECT_EQ(value(get<int32_t(int32_t)>(instance, "spawn")(7)), 2);
  threads.reset();
  ASSERT_EQ(ends.size(), 2u);
  const Error& exit = ends[0].code == ErrorCode::Exit ? ends[0] : ends[1];
  const Error& trap = ends[0].code == ErrorCode::Exit ? ends[1] : ends[0];
  EXPECT_EQ(exit.exit_status, 7);
  ASSERT_TRUE(trap.trap);
  EXPECT_EQ(trap.trap->code(), TrapCode::Unreachable);
}

TEST_F(WasiThreadsTest, AreRefusedBeyondTheLimit) {
  // The threads stay until the word changes again.
  const Instance instance =
      start(R"((drop (memory.atomic.wait32 (i32.const 4) (i32.const 0) (i64.const -1))))", 2);
  const auto spawn = get<int32_t(int32_t)>(instance, "spawn");
  EXPECT_EQ(value(spawn(1)), 1);
  EXPECT_EQ(value(spawn(1)), 2);
  EXPECT_EQ(value(spawn(1)), -1);
  const SharedMemory memory = *instance.memory("memory")->shared();
  for (uint32_t woken = 0; woken < 2;) woken += *memory.notify(4, 1);
  threads.reset();
  // Nobody is left to start more.
  EXPECT_EQ(value(spawn(1)), -1);
}

TEST_F(WasiThreadsTest, EndAtOnceIfTheHostWantsIt) {
#ifdef __SANITIZE_THREAD__
  GTEST_SKIP() << "ThreadSanitizer does not let signals interrupt guest code";
#endif
  // One spins, the other waits.
  const Instance instance = start(R"((if (local.get $argument) (then (loop $for_ever (br $for_ever))))
                                     (drop (memory.atomic.wait32 (i32.const 4) (i32.const 0) (i64.const -1))))");
  const auto spawn = get<int32_t(int32_t)>(instance, "spawn");
  EXPECT_EQ(value(spawn(0)), 1);
  EXPECT_EQ(value(spawn(1)), 2);
  threads->interrupt();
  EXPECT_EQ(value(spawn(1)), -1);
  threads.reset();
  ASSERT_EQ(ends.size(), 2u);
  for (const Error& end : ends) EXPECT_EQ(end.code, ErrorCode::Interrupted);
}

TEST_F(WasiThreadsTest, NeedAFunctionToRun) {
  const Module module =
      guest.load(R"((module (import "wasi" "thread-spawn" (func (param i32) (result i32)))))");
  EXPECT_TRUE(usesWasiThreads(module));
  EXPECT_FALSE(usesWasiThreads(guest.load("(module)")));
  const Result<WasiThreads> made = WasiThreads::create(module, guest.linker, {});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().message,
            "the module imports wasi.thread-spawn and does not export the func (i32, i32) -> () named "
            "'wasi_thread_start' that its threads would run");
}

}  // namespace
}  // namespace wasmc::test
