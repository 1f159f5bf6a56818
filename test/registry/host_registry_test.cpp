#include <gtest/gtest.h>
#include <wasmc/compiler.h>
#include <wasmc/host_registry.h>
#include <wasmc/wasmc.h>

namespace wasmc {
namespace {

class Registry : public testing::Test {
 protected:
  Registry() {
    registry.group("math").define("add", [](int32_t a, int32_t b) { return a + b; });
    registry.group("math").define("half", [](double x) { return x / 2; });
    registry.group("log").define("write", [this](int32_t n) { logged = n; });
  }

  Module compile(std::string_view wat) const {
    const auto wasm = compiler::assemble(wat, {});
    const auto artifact = compiler::compile(wasm.value(), {});
    return Module::fromBytes(engine, artifact.value().bytes).value();
  }

  // The message of what is expected to fail.
  std::string problem(std::vector<std::string> namespaces, std::string_view wat) const {
    const Result<Linker> linker = registry.link(engine, {std::move(namespaces)}, compile(wat));
    if (linker) return "none";
    EXPECT_EQ(linker.error().code, ErrorCode::Link);
    return linker.error().message;
  }

  int32_t logged = 0;
  Engine engine;
  Store store{engine};
  HostRegistry registry;
};

constexpr char kGuest[] = R"((module $guest
  (import "math" "add" (func $add (param i32 i32) (result i32)))
  (import "log" "write" (func $write (param i32)))
  (func (export "run") (call $write (call $add (i32.const 40) (i32.const 2))))))";

TEST_F(Registry, AModuleGetsTheNamespacesOfItsManifest) {
  const Module module = compile(kGuest);
  const Result<Linker> linker = registry.link(engine, {{"math", "log"}}, module);
  ASSERT_TRUE(linker) << linker.error().message;
  const Result<Instance> instance = linker->instantiate(store, module);
  ASSERT_TRUE(instance) << instance.error().message;
  ASSERT_TRUE(instance->func<void()>("run").value()());
  EXPECT_EQ(logged, 42);
}

TEST_F(Registry, TheLinkerHasNothingElse) {
  const Result<Linker> linker = registry.link(engine, {{"log"}}, compile("(module)"));
  ASSERT_TRUE(linker);
  EXPECT_TRUE(linker->typeOf("log", "write"));
  EXPECT_FALSE(linker->typeOf("math", "add"));
}

TEST_F(Registry, WhatTheManifestDoesNotGiveIsListedWithTypes) {
  EXPECT_EQ(problem({"log"}, R"((module $guest
    (import "log" "write" (func (param i64)))
    (import "log" "erase" (func))
    (import "math" "add" (func (param i32 i32) (result i32)))
    (import "net" "memory" (memory 1))))"),
            "module guest imports what its manifest does not give it:\n"
            "  log.write: func (i64) -> (), found func (i32) -> ()\n"
            "  log.erase: func () -> (): the namespace has no such function\n"
            "  math.add: func (i32, i32) -> (i32): the namespace is not in the manifest\n"
            "  net.memory: memory 1..: the namespace is not in the manifest");
}

TEST_F(Registry, UnknownNamespacesAreListed) {
  EXPECT_EQ(problem({"log", "mth", "net"}, kGuest),
            "the manifest has namespaces that the host does not have (it has log, math):\n"
            "  mth\n"
            "  net\n"
            "module guest imports what its manifest does not give it:\n"
            "  math.add: func (i32, i32) -> (i32): the namespace is not in the manifest");
}

TEST_F(Registry, AnInstallerAddsWhatItLikesForEachLinker) {
  int installed = 0;
  registry.group("env").install([&](Linker& linker) -> Result<void> {
    linker.define("env", "count", [n = ++installed] { return n; });
    return {};
  });
  const Module module = compile(R"((module (import "env" "count" (func (result i32)))))");
  EXPECT_TRUE(registry.link(engine, {{"env"}}, module));
  EXPECT_TRUE(registry.link(engine, {{"env"}}, module));
  EXPECT_EQ(installed, 2);
}

TEST_F(Registry, TheErrorOfAnInstallerIsThatOfLinking) {
  registry.group("env").install([](Linker&) -> Result<void> { return error(ErrorCode::Wasi, "no folder"); });
  const Result<Linker> linker = registry.link(engine, {{"env"}}, compile("(module)"));
  ASSERT_FALSE(linker);
  EXPECT_EQ(linker.error().message, "no folder");
}

}  // namespace
}  // namespace wasmc
