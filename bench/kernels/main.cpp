// Google Benchmark over the kernels: for each, `<kernel>/native`, `<kernel>/strict` (native without fused
// multiply-add, which wasm has not) and `<kernel>/<variant>` for each artifact of it. All must compute the
// same.
#include <benchmark/benchmark.h>
#include <wasmc/wasmc.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#define KERNEL(name, group, size, result)      \
  extern "C" uint64_t native_##name(uint32_t); \
  extern "C" uint64_t strict_##name(uint32_t);
#include "kernels.def"

namespace {

using NativeFunction = uint64_t (*)(uint32_t);
using GuestFunction = wasmc::TypedFunc<uint64_t(uint32_t)>;

enum class Agreement { Exact, Rounded };

struct Kernel {
  const char* name;
  const char* group;
  uint32_t size;
  Agreement agreement;
  NativeFunction native;
  NativeFunction strict;
};

constexpr Kernel kKernels[] = {
#define KERNEL(name, group, size, result) \
  {#name, #group, size, Agreement::result, native_##name, strict_##name},
#include "kernels.def"
};

// An artifact's function, with what keeps it alive.
struct Guest {
  wasmc::Store store;
  wasmc::Memory memory;
  GuestFunction function;
};

wasmc::Result<std::unique_ptr<Guest>> load(const wasmc::Engine& engine, const std::filesystem::path& path,
                                           const char* name) {
  wasmc::Result<wasmc::Module> module = wasmc::Module::load(engine, path);
  if (!module) return std::unexpected(module.error());
  wasmc::Store store(engine);
  wasmc::Result<wasmc::Instance> instance = wasmc::Linker(engine).instantiate(store, *module);
  if (!instance) return std::unexpected(instance.error());
  if (const wasmc::Result<wasmc::Func> initialize = instance->func("_initialize"))
    if (auto ready = initialize->call({}); !ready) return std::unexpected(ready.error());
  wasmc::Result<wasmc::Memory> memory = instance->memory("memory");
  if (!memory) return std::unexpected(memory.error());
  wasmc::Result<GuestFunction> function = instance->func<uint64_t(uint32_t)>(name);
  if (!function) return std::unexpected(function.error());
  return std::make_unique<Guest>(Guest{std::move(store), *memory, *function});
}

bool agree(Agreement agreement, uint64_t a, uint64_t b) {
  if (a == b || agreement == Agreement::Exact) return a == b;
  const double x = std::bit_cast<double>(a), y = std::bit_cast<double>(b);
  return std::abs(x - y) <= 1e-6 * std::abs(x);
}

bool differs(const std::string& name, uint64_t found, uint64_t expected) {
  std::fprintf(stderr, "%s: computed %016llx, expected %016llx, as without fused multiply-add\n",
               name.c_str(), static_cast<unsigned long long>(found),
               static_cast<unsigned long long>(expected));
  return false;
}

void registerNative(const Kernel& kernel, const char* variant, NativeFunction function) {
  benchmark::RegisterBenchmark((std::string(kernel.name) + '/' + variant).c_str(),
                               [size = kernel.size, function](benchmark::State& state) {
                                 for (auto _ : state) benchmark::DoNotOptimize(function(size));
                               })
      ->Unit(benchmark::kMicrosecond);
}

void registerGuest(const std::string& name, uint32_t size, const Guest& guest) {
  benchmark::RegisterBenchmark(name.c_str(), [size, &guest](benchmark::State& state) {
    for (auto _ : state) {
      if (auto result = guest.function(size))
        benchmark::DoNotOptimize(*result);
      else
        state.SkipWithError(result.error().message.c_str());
    }
    state.counters["memory"] = static_cast<double>(guest.memory.byteSize());
  })->Unit(benchmark::kMicrosecond);
}

// The artifacts of a kernel are files <kernel>.<variant>.so.
std::vector<std::string> variantsOf(const Kernel& kernel, const std::filesystem::path& artifacts) {
  const std::string prefix = std::string(kernel.name) + '.';
  std::vector<std::string> variants;
  for (const auto& file : std::filesystem::directory_iterator(artifacts)) {
    const std::string name = file.path().filename();
    if (name.starts_with(prefix) && name.ends_with(".so"))
      variants.push_back(name.substr(prefix.size(), name.size() - prefix.size() - 3));
  }
  std::sort(variants.begin(), variants.end());
  return variants;
}

// Registers all builds of a kernel; false if they disagree, or an artifact cannot be used.
bool add(const Kernel& kernel, const wasmc::Engine& engine, const std::filesystem::path& artifacts,
         std::vector<std::unique_ptr<Guest>>& guests) {
  const uint64_t expected = kernel.strict(kernel.size);
  const std::string prefix = std::string(kernel.name) + '/';
  if (const uint64_t found = kernel.native(kernel.size); !agree(kernel.agreement, found, expected))
    return differs(prefix + "native", found, expected);
  registerNative(kernel, "native", kernel.native);
  registerNative(kernel, "strict", kernel.strict);
  for (const std::string& variant : variantsOf(kernel, artifacts)) {
    const std::filesystem::path path = artifacts / (std::string(kernel.name) + '.' + variant + ".so");
    wasmc::Result<std::unique_ptr<Guest>> guest = load(engine, path, kernel.name);
    if (!guest) return std::fprintf(stderr, "%s: %s\n", path.c_str(), guest.error().message.c_str()), false;
    const auto found = (*guest)->function(kernel.size);
    if (!found) return std::fprintf(stderr, "%s: %s\n", path.c_str(), found.error().message.c_str()), false;
    if (*found != expected) return differs(prefix + variant, *found, expected);
    guests.push_back(std::move(*guest));
    registerGuest(prefix + variant, kernel.size, *guests.back());
  }
  benchmark::AddCustomContext("group." + std::string(kernel.name), kernel.group);
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (argc > 2) {
    std::fprintf(stderr, "usage: %s [benchmark options] [folder of artifacts]\n", argv[0]);
    return 2;
  }
  const std::filesystem::path artifacts = argc == 2 ? argv[1] : ARTIFACTS;
  const wasmc::Engine engine;
  std::vector<std::unique_ptr<Guest>> guests;
  bool good = true;
  for (const Kernel& kernel : kKernels) good = add(kernel, engine, artifacts, guests) && good;
  if (guests.empty()) {
    std::fprintf(stderr, "no artifacts in %s: build the target bench-artifacts first\n", artifacts.c_str());
    return 1;
  }
  benchmark::RunSpecifiedBenchmarks();
  return good ? 0 : 1;
}
