// Explicit checks: code that needs no guard pages and no signal handlers.
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <pthread.h>

#include "guest.h"

namespace wasmc::test {
namespace {

constexpr char kExplicit[] = " --bounds=explicit";
const EngineOptions kNoSignals{.signal_handlers = false};

class ExplicitBounds : public EachLevel {
 protected:
  ExplicitBounds() : EachLevel(kExplicit, kNoSignals) {}
};
WASMC_EACH_LEVEL(ExplicitBounds);

constexpr char kAccesses[] = R"((module
  (memory (export "memory") 1 3)
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "far") (param i32) (result i32) (i32.load offset=0xffffffff (local.get 0)))
  (func (export "store") (param i32) (result i32) (i64.store offset=8 (local.get 0) (i64.const 1)) (i32.const 0))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "fill") (param i32) (result i32)
    (memory.fill (local.get 0) (i32.const 1) (i32.const 16)) (i32.const 0))
  (func (export "vector") (param i32) (result i32) (i32x4.extract_lane 0 (v128.load (local.get 0))))))";

TEST_P(ExplicitBounds, AccessesAreCheckedAgainstTheCurrentSize) {
  const Instance instance = guest.instantiate(kAccesses);
  const auto call = [&](const char* name, int64_t at) {
    return trapOf(get<int32_t(int32_t)>(instance, name)(static_cast<int32_t>(at)));
  };
  EXPECT_EQ(call("load", 0xfffc), TrapCode::None);
  EXPECT_EQ(call("load", 0xfffd), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(call("load", 0xffffffff), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(call("far", 1), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(call("far", 0xffffffff), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(call("store", 0xfff0), TrapCode::None);
  EXPECT_EQ(call("store", 0xfff1), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(call("fill", 0xfff1), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(call("vector", 0xfff0), TrapCode::None);
  EXPECT_EQ(call("vector", 0xfff1), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(value(get<int32_t(int32_t)>(instance, "grow")(1)), 1);
  EXPECT_EQ(call("load", 0x1fffc), TrapCode::None);
  EXPECT_EQ(call("load", 0x1fffd), TrapCode::MemoryOutOfBounds);
}

TEST_P(ExplicitBounds, TheMemoryStaysWhereItIsWhenItGrows) {
  const Instance instance = guest.instantiate(kAccesses);
  const Memory memory = instance.memory("memory").value();
  const uint8_t* const before = memory.span().data();
  EXPECT_EQ(value(memory.grow(2)), 1U);
  EXPECT_EQ(memory.span().data(), before);
  EXPECT_FALSE(memory.grow(1));
}

TEST_P(ExplicitBounds, MemoriesOf64BitsAreChecked) {
  const Instance instance = guest.instantiate(R"((module (memory i64 1 2)
    (func (export "load") (param i64) (result i32) (i32.load offset=16 (local.get 0)))))");
  const auto load = get<int32_t(int64_t)>(instance, "load");
  EXPECT_EQ(trapOf(load(0xffec)), TrapCode::None);
  EXPECT_EQ(trapOf(load(0xffed)), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(trapOf(load(-17)), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(trapOf(load(INT64_MAX)), TrapCode::MemoryOutOfBounds);
}

TEST_P(ExplicitBounds, TrapsHaveCodesAndFrames) {
  const Instance instance = guest.instantiate(R"((module $m
    (func $divide (param i32) (result i32) (i32.div_s (i32.const 1) (local.get 0)))
    (func (export "f") (param i32) (result i32) (i32.add (call $divide (local.get 0)) (i32.const 1)))))");
  const Result<int32_t> trapped = get<int32_t(int32_t)>(instance, "f")(0);
  EXPECT_EQ(trapOf(trapped), TrapCode::IntegerDivideByZero);
  ASSERT_FALSE(trapped.error().trap->frames().empty());
  EXPECT_EQ(trapped.error().trap->frames()[0].function, "divide");
  EXPECT_TRUE(trapped.error().trap->frames()[0].offset);
}

constexpr char kRecursion[] = R"((module
  (memory 1)
  (func $f (export "f") (param i32) (result i32)
    (i32.store (i32.const 0) (local.get 0))
    (i32.add (call $f (i32.add (local.get 0) (i32.const 1))) (i32.load (i32.const 0)))))
)";

TEST_P(ExplicitBounds, AnExhaustedStackIsATrap) {
  const Instance instance = guest.instantiate(kRecursion);
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(trapOf(get<int32_t(int32_t)>(instance, "f")(0)), TrapCode::StackExhausted);
}

TEST_P(ExplicitBounds, AnExhaustedStackOfASmallThreadIsATrap) {
  const Instance instance = guest.instantiate(kRecursion);
  struct Work {
    TypedFunc<int32_t(int32_t)> f;
    TrapCode code = TrapCode::None;
  } work{get<int32_t(int32_t)>(instance, "f")};
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, size_t{256} << 10);
  pthread_t thread;
  ASSERT_EQ(pthread_create(
                &thread, &attributes,
                [](void* p) -> void* {
                  auto& w = *static_cast<Work*>(p);
                  w.code = trapOf(w.f(0));
                  return nullptr;
                },
                &work),
            0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
  EXPECT_EQ(work.code, TrapCode::StackExhausted);
}

TEST_P(ExplicitBounds, HostMemoriesCanBeImported) {
  const Memory memory = Memory::create(guest.store, {{.min = 1, .max = 1}}).value();
  guest.linker.define("env", "memory", memory);
  const Instance instance = guest.instantiate(R"((module (import "env" "memory" (memory 1))
    (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))))");
  EXPECT_EQ(trapOf(get<int32_t(int32_t)>(instance, "load")(0x10000)), TrapCode::MemoryOutOfBounds);
}

struct sigaction actionOf(int signal) {
  struct sigaction action = {};
  sigaction(signal, nullptr, &action);
  return action;
}

// In a process of its own, which has had no handlers yet. The status is the number of the first expectation
// that does not hold, 0 if all do.
template <typename F>
int inChild(F work) {
  const pid_t child = fork();
  if (child == 0) _exit(work());
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

TEST(ExplicitBoundsProcess, InstallsNoHandlerAndNoSignalStack) {
  const std::vector<uint8_t> artifact = compileWat(kAccesses, std::string("2") + kExplicit);
  const std::vector<uint8_t> deep = compileWat(kRecursion, std::string("2") + kExplicit);
  EXPECT_EQ(inChild([&] {
              for (int signal : {SIGSEGV, SIGBUS, SIGILL, SIGTRAP}) ::signal(signal, SIG_DFL);
              stack_t none = {};
              none.ss_flags = SS_DISABLE;
              sigaltstack(&none, nullptr);
              const Engine engine(kNoSignals);
              Store store(engine);
              const auto instance = Linker(engine).instantiate(store, *Module::fromBytes(engine, artifact));
              if (!instance) return 1;
              const auto recursion = Linker(engine).instantiate(store, *Module::fromBytes(engine, deep));
              if (!recursion) return 2;
              if (trapOf((*instance->func<int32_t(int32_t)>("load"))(0x10000)) != TrapCode::MemoryOutOfBounds)
                return 3;
              if (trapOf((*recursion->func<int32_t(int32_t)>("f"))(0)) != TrapCode::StackExhausted) return 4;
              for (int signal : {SIGSEGV, SIGBUS, SIGILL, SIGTRAP})
                if (actionOf(signal).sa_handler != SIG_DFL) return 5;
              stack_t now = {};
              sigaltstack(nullptr, &now);
              return now.ss_flags & SS_DISABLE ? 0 : 6;
            }),
            0);
}

// The sanitizers need address space of their own.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(WASMC_EMULATED)
// 512 MiB of address space: less than a memory with guard pages reserves.
TEST(ExplicitBoundsProcess, WorksWhereAddressSpaceIsShort) {
  const std::vector<uint8_t> guarded = compileWat(kAccesses, "2");
  const std::vector<uint8_t> artifact = compileWat(R"((module (memory 1)
    (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
    (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))))",
                                                   std::string("2") + kExplicit);
  EXPECT_EQ(inChild([&] {
              const rlimit limit{size_t{512} << 20, size_t{512} << 20};
              if (setrlimit(RLIMIT_AS, &limit) != 0) return 1;
              const Engine engine(kNoSignals);
              Store store(engine);
              const auto instance = Linker(engine).instantiate(store, *Module::fromBytes(engine, artifact));
              if (!instance) return 2;
              if (value((*instance->func<int32_t(int32_t)>("grow"))(10)) != 1) return 3;
              if (trapOf((*instance->func<int32_t(int32_t)>("load"))(0xa0000)) != TrapCode::None) return 4;
              if (trapOf((*instance->func<int32_t(int32_t)>("load"))(0xb0000)) != TrapCode::MemoryOutOfBounds)
                return 5;
              if (value((*instance->func<int32_t(int32_t)>("grow"))(0xf000)) != -1) return 6;
              const Engine with_signals;
              Store other(with_signals);
              const auto refused =
                  Linker(with_signals).instantiate(other, *Module::fromBytes(with_signals, guarded));
              return !refused && refused.error().message.contains("--bounds=explicit") ? 0 : 7;
            }),
            0);
}
#endif

TEST(ExplicitBoundsErrors, CodeForGuardPagesIsRefusedWithoutHandlers) {
  const Result<Module> module = Module::fromBytes(Engine(kNoSignals), compileWat(kAccesses, "2"));
  ASSERT_FALSE(module);
  EXPECT_EQ(module.error().code, ErrorCode::Unsupported);
  EXPECT_EQ(module.error().message,
            "'artifact in memory': compiled for guard pages and signal handlers, which "
            "EngineOptions::signal_handlers turns off; compile the module with --bounds=explicit");
}

TEST(ExplicitBoundsErrors, CodeForGuardPagesIsRefusedInAStoreWithoutHandlers) {
  const Module module = Guest("2").load(kAccesses);
  Store store{Engine(kNoSignals)};
  const Result<Instance> instance = Linker(store.engine()).instantiate(store, module);
  ASSERT_FALSE(instance);
  EXPECT_EQ(instance.error().code, ErrorCode::Unsupported);
}

TEST(ExplicitBoundsErrors, CodeForGuardPagesDoesNotGetAMemoryWithoutThem) {
  Guest guest("2");
  const Result<Module> unguarded =
      Module::fromBytes(guest.engine, compileWat(kAccesses, std::string("2") + kExplicit));
  guest.linker.defineInstance("env", guest.linker.instantiate(guest.store, *unguarded).value());
  const Result<Instance> instance = guest.tryInstantiate(R"((module $m (import "env" "memory" (memory 1))))");
  ASSERT_FALSE(instance);
  EXPECT_EQ(instance.error().code, ErrorCode::Link);
  EXPECT_EQ(
      instance.error().message,
      "memories without guard pages, which only modules compiled with --bounds=explicit can use: module m "
      "imports:\n  env.memory: memory 1..");
}

}  // namespace
}  // namespace wasmc::test
