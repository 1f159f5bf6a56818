// Loads plugins and applies them to a number. A plugin exports `apply`, and may log through the host.
#include <wasmc/wasmc.h>

#include <cstdio>
#include <string>

using wasmc::Result;

static wasmc::Linker makeLinker(const wasmc::Engine& engine) {
  wasmc::Linker linker(engine);
  linker.define("host", "log", [](wasmc::Caller& caller, uint32_t at, uint32_t length) -> Result<void> {
    const auto memory = caller.memory();
    if (!memory) return std::unexpected(memory.error());
    const auto text = memory->string(at, length);
    if (!text) return std::unexpected(text.error());
    std::printf("plugin says: %s\n", std::string(*text).c_str());
    return {};
  });
  return linker;
}

// A store for each plugin: what it uses is limited, and gone with it.
static Result<int32_t> applyPlugin(const wasmc::Linker& linker, const wasmc::Module& plugin, int32_t n) {
  const wasmc::Store store(plugin.engine(), {.memory_bytes = 16 << 20});
  const auto instance = linker.instantiate(store, plugin);
  if (!instance) return std::unexpected(instance.error());
  const auto apply = instance->func<int32_t(int32_t)>("apply");
  if (!apply) return std::unexpected(apply.error());
  return (*apply)(n);
}

int main() {
  const wasmc::Engine engine;
  const wasmc::Linker linker = makeLinker(engine);
  for (const char* path : {WASM_MODULE_DOUBLE, WASM_MODULE_SQUARE}) {
    const auto plugin = wasmc::Module::load(engine, path);
    if (!plugin) return std::fprintf(stderr, "%s\n", plugin.error().message.c_str()), 1;
    const auto result = applyPlugin(linker, *plugin, 7);
    if (!result) return std::fprintf(stderr, "%s\n", result.error().message.c_str()), 1;
    std::printf("%s: %d\n", std::string(plugin->name()).c_str(), *result);
  }
  return 0;
}
