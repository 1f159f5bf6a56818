// Modules shared by threads, each with a store of its own; stores that move between threads.
#include <pthread.h>

#include <atomic>
#include <thread>

#include "guest.h"

namespace wasmc::test {
namespace {

constexpr char kWork[] = R"((module
  (import "env" "check" (func $check (param i32) (result i32)))
  (memory (export "memory") 1)
  (table 1 funcref) (elem (i32.const 0) $deep)
  (func $deep (export "deep") (call_indirect (i32.const 0)) (call_indirect (i32.const 0)))
  (func (export "div") (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "check") (param i32) (result i32) (call $check (local.get 0)))))";

// What one thread does; the number of calls that gave something unexpected.
int work(const Linker& linker, const Module& module, int rounds) {
  Store store(module.engine());
  const Result<Instance> instance = linker.instantiate(store, module);
  if (!instance) return rounds;
  const auto div = *instance->func<int32_t(int32_t, int32_t)>("div");
  const auto load = *instance->func<int32_t(int32_t)>("load");
  const auto check = *instance->func<int32_t(int32_t)>("check");
  int wrong = 0;
  for (int i = 0; i < rounds; ++i) {
    wrong += div(6 * i, 2) != 3 * i;
    wrong += trapOf(div(i, 0)) != TrapCode::IntegerDivideByZero;
    wrong += trapOf(load(-4)) != TrapCode::MemoryOutOfBounds;
    wrong += check(2 * i) != 2 * i;
    wrong += check(2 * i + 1).error().code != ErrorCode::Host;
  }
  return wrong;
}

class Threads : public testing::Test {
 protected:
  Threads() {
    guest.linker.define("env", "check", [](int32_t n) -> Result<int32_t> {
      if (n % 2 != 0) return error(ErrorCode::Host, "odd");
      return n;
    });
  }
  Guest guest;
};

TEST_F(Threads, ShareAModuleAndTrapOnTheirOwn) {
  const Module module = guest.load(kWork);
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) threads.emplace_back([&] { wrong += work(guest.linker, module, 2000); });
  for (std::thread& t : threads) t.join();
  EXPECT_EQ(wrong, 0);
}

TEST_F(Threads, LoadAndReleaseTheSameArtifactAtTheSameTime) {
  const std::vector<uint8_t> artifact = compileWat(kWork);
  const std::string path = testing::TempDir() + "shared.so";
  FILE* file = std::fopen(path.c_str(), "wb");
  ASSERT_TRUE(file);
  ASSERT_EQ(std::fwrite(artifact.data(), 1, artifact.size(), file), artifact.size());
  std::fclose(file);
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        const Result<Module> module = Module::load(guest.engine, path);
        wrong += module ? work(guest.linker, *module, 2) : 1;
      }
    });
  for (std::thread& t : threads) t.join();
  EXPECT_EQ(wrong, 0);
}

TEST_F(Threads, AStoreMovesFromOneToAnother) {
  const Instance instance = guest.instantiate(kWork);
  const auto div = get<int32_t(int32_t, int32_t)>(instance, "div");
  for (int i = 0; i < 3; ++i)
    std::thread([&] {
      EXPECT_EQ(value(div(7, 2)), 3);
      EXPECT_EQ(trapOf(div(7, 0)), TrapCode::IntegerDivideByZero);
    }).join();
}

// Runs `body` on a thread with a stack of that size.
void onStackOf(size_t size, const std::function<void()>& body) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  ASSERT_EQ(pthread_attr_setstacksize(&attributes, size), 0);
  pthread_t thread;
  const auto run = [](void* pointer) -> void* {
    (*static_cast<const std::function<void()>*>(pointer))();
    return nullptr;
  };
  ASSERT_EQ(pthread_create(&thread, &attributes, run, const_cast<std::function<void()>*>(&body)), 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
}

TEST_F(Threads, ExhaustStacksOfAnySize) {
  const Instance instance = guest.instantiate(kWork);
  const auto deep = get<void()>(instance, "deep");
  for (size_t kib : {128, 256, 1024, 16 * 1024})
    onStackOf(kib * 1024, [&] {
      EXPECT_EQ(trapOf(deep()), TrapCode::StackExhausted) << kib << " KiB";
      EXPECT_EQ(trapOf(deep()), TrapCode::StackExhausted) << kib << " KiB";
    });
}

}  // namespace
}  // namespace wasmc::test
