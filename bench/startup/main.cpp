// What a host pays before and around guest code: loading a module, instantiating it, calling in both
// directions, traps. Arguments: more artifacts to load and instantiate (with WASI), such as a large program.
#include <benchmark/benchmark.h>
#include <wasmc/wasi.h>
#include <wasmc/wasmc.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>

#include "instances.h"
#include "must.h"

namespace {

wasmc::Linker hostFunctions(const wasmc::Engine& engine) {
  wasmc::Linker linker(engine);
  must(wasmc::Wasi::create({})).addTo(linker);
  linker.define("host", "add", [](int32_t a, int32_t b) { return a + b; });
  return linker;
}

void load(benchmark::State& state, const std::filesystem::path& path) {
  const wasmc::Engine engine;
  for (auto _ : state) benchmark::DoNotOptimize(must(wasmc::Module::load(engine, path)));
}

void instantiate(benchmark::State& state, const std::filesystem::path& path) {
  const wasmc::Engine engine;
  const wasmc::Module module = must(wasmc::Module::load(engine, path));
  const wasmc::Linker linker = hostFunctions(engine);
  for (auto _ : state) {
    const wasmc::Store store(engine);
    benchmark::DoNotOptimize(must(linker.instantiate(store, module)));
  }
}

// An instance of guest.c.
struct Guest {
  wasmc::Engine engine;
  wasmc::Store store{engine};
  wasmc::Instance instance;

  explicit Guest(const std::filesystem::path& path)
      : instance(must(hostFunctions(engine).instantiate(store, must(wasmc::Module::load(engine, path))))) {}
};

void callTyped(benchmark::State& state, const std::filesystem::path& path) {
  const Guest guest(path);
  const auto add = must(guest.instance.func<int32_t(int32_t, int32_t)>("add"));
  int32_t sum = 0;
  for (auto _ : state) sum = must(add(sum, 1));
  benchmark::DoNotOptimize(sum);
}

void callUntyped(benchmark::State& state, const std::filesystem::path& path) {
  const Guest guest(path);
  const wasmc::Func add = must(guest.instance.func("add"));
  for (auto _ : state) benchmark::DoNotOptimize(must(add.call({wasmc::Val(1), wasmc::Val(2)})));
}

void callHost(benchmark::State& state, const std::filesystem::path& path) {
  const Guest guest(path);
  const auto call_host = must(guest.instance.func<int32_t(int32_t)>("call_host"));
  for (auto _ : state) benchmark::DoNotOptimize(must(call_host(static_cast<int32_t>(state.range(0)))));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

void trap(benchmark::State& state, const std::filesystem::path& path) {
  const Guest guest(path);
  const auto function = must(guest.instance.func<void()>("trap"));
  for (auto _ : state) benchmark::DoNotOptimize(function());
}

void addModule(const std::string& name, const std::filesystem::path& path) {
  benchmark::RegisterBenchmark(("load/" + name).c_str(), load, path)->Unit(benchmark::kMicrosecond);
  benchmark::RegisterBenchmark(("instantiate/" + name).c_str(), instantiate, path)
      ->Unit(benchmark::kMicrosecond);
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  const std::filesystem::path small = std::filesystem::path(ARTIFACTS) / "startup.so";
  if (!exists(small)) {
    std::fprintf(stderr, "%s is missing: build the target bench-artifacts first\n", small.c_str());
    return 1;
  }
  addModule("small", small);
  addModule("library", std::filesystem::path(ARTIFACTS) / "library.so");
  addInstances(std::filesystem::path(ARTIFACTS) / "megabyte.so");
  for (int i = 1; i < argc; i++) addModule(std::filesystem::path(argv[i]).stem(), argv[i]);
  benchmark::RegisterBenchmark("call/typed", callTyped, small);
  benchmark::RegisterBenchmark("call/untyped", callUntyped, small);
  benchmark::RegisterBenchmark("call/host", callHost, small)->Arg(1000);
  benchmark::RegisterBenchmark("trap", trap, small);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
