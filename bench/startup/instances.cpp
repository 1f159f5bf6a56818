#include "instances.h"

#include <benchmark/benchmark.h>
#include <wasmc/wasmc.h>

#include <memory>

#include "must.h"

namespace {

// Its code and one page of its memory are used.
void use(const wasmc::Instance& instance) {
  const auto touch = must(instance.func<uint64_t(uint32_t)>("touch"));
  benchmark::DoNotOptimize(must(touch(1000)));
}

// A store and an instance in it, and their end.
void cold(benchmark::State& state, const std::filesystem::path& path) {
  const wasmc::Engine engine;
  const wasmc::Module module = must(wasmc::Module::load(engine, path));
  const wasmc::Linker linker(engine);
  for (auto _ : state) {
    const wasmc::Store store(engine);
    use(must(linker.instantiate(store, module)));
  }
}

wasmc::InstancePool makePool(const std::filesystem::path& path) {
  const wasmc::Engine engine;
  return must(wasmc::InstancePool::create(wasmc::Linker(engine), must(wasmc::Module::load(engine, path)),
                                          {.max_instances = 64, .warm_instances = 64}));
}

// All threads of the benchmark use one pool.
class Warm : public benchmark::Fixture {
 public:
  explicit Warm(const std::filesystem::path& path) : pool_(makePool(path)) { SetName("pool/megabyte"); }

 protected:
  // An instance taken, used, and given back reset.
  void BenchmarkCase(benchmark::State& state) override {
    for (auto _ : state) use(must(pool_.acquire()).instance());
    state.SetItemsProcessed(state.iterations());
  }

 private:
  wasmc::InstancePool pool_;
};

}  // namespace

void addInstances(const std::filesystem::path& artifact) {
  benchmark::RegisterBenchmark("instantiate/megabyte", cold, artifact)->Unit(benchmark::kMicrosecond);
  auto* const warm = benchmark::internal::RegisterBenchmarkInternal(new Warm(artifact));
  warm->Threads(1)->Threads(2)->UseRealTime()->Unit(benchmark::kMicrosecond);
}
