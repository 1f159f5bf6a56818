// Calls a plugin through the header that was made of it, first with an import of its own, then with what a
// manifest gives it. Prints "42 21".
#include <wasm_modules/plugin.h>
#include <wasmc/host_registry.h>

#include <cstdio>

namespace {

using wasm_modules::plugin;

struct Math final : plugin::imports::math {
  wasmc::Result<int32_t> add(wasmc::Caller&, int32_t a, int32_t b) override { return a + b; }
};

int fail(const wasmc::Error& error) { return std::fprintf(stderr, "%s\n", error.message.c_str()), 1; }

}  // namespace

int main() {
  const wasmc::Engine engine;
  const auto module = plugin::load(engine, WASM_MODULE_PLUGIN);
  if (!module) return fail(module.error());
  const wasmc::Store store(engine);
  Math math;
  const auto own = plugin::instantiate(store, *module, math);
  if (!own) return fail(own.error());

  wasmc::HostRegistry registry;
  registry.group("math").define("add", [](int32_t a, int32_t) { return a; });
  const auto manifest = wasmc::Manifest::parse(R"({"namespaces": ["math"]})");
  if (!manifest) return fail(manifest.error());
  const auto linker = registry.link(engine, *manifest, *module);
  if (!linker) return fail(linker.error());
  const auto instance = linker->instantiate(store, *module);
  if (!instance) return fail(instance.error());
  const auto given = plugin::bind(*instance);
  if (!given) return fail(given.error());
  std::printf("%d %d\n", own->twice(21).value(), given->twice(21).value());
  return 0;
}
