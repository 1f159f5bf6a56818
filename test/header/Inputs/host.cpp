// Implements what plugin.wat imports, and uses all that it exports. MODULE loads it.
#include "plugin.h"

#include <cstdio>

namespace {

struct Env final : wasm_modules::plugin::imports::env {
  wasmc::Result<void> log(wasmc::Caller&, int32_t n) override {
    if (n < 0) return std::unexpected(wasmc::Error::host("negative"));
    std::printf("log %d\n", n);
    return {};
  }
  wasmc::Result<std::tuple<int32_t, int32_t>> divmod(wasmc::Caller&, int32_t a, int32_t b) override {
    return std::tuple(a / b, a % b);
  }
};

struct Things final : wasm_modules::plugin::imports::store {
  wasmc::Result<wasmc::Memory> memory(wasmc::StoreRef store) override {
    return wasmc::Memory::create(store, {{.min = 1, .max = 2}});
  }
  wasmc::Result<wasmc::Global> base(wasmc::StoreRef store) override {
    return wasmc::Global::create(store, {wasmc::ValType::i64(), false}, int64_t{1} << 40);
  }
};

int fail(const wasmc::Error& error) {
  std::printf("%s\n", error.message.c_str());
  return 1;
}

}  // namespace

int main(int, char** argv) {
  (void)argv;
  const wasmc::Engine engine;
  const auto module = wasm_modules::plugin::MODULE;
  if (!module) return fail(module.error());
  const wasmc::Store store(engine);
  Env env;
  Things things;
  const auto plugin = wasm_modules::plugin::instantiate(store, *module, env, things);
  if (!plugin) return fail(plugin.error());

  const auto [difference, base] = *plugin->run(17, 5);
  std::printf("run %d %lld\n", difference, static_cast<long long>(base));
  (void)plugin->memory.write<int32_t>(64, 99);
  std::printf("class %d\n", *plugin->class_(64));
  (void)plugin->counter.set(plugin->counter.get() + 1);
  std::printf("counter %d limit %g table %d failed %s\n", plugin->counter.get(), plugin->limit.get(),
              static_cast<int>(plugin->table.size()),
              toString(wasmc::ExternType(plugin->failed.type())).c_str());
  const auto negative = plugin->run(-1, 1);
  std::printf("error %s\n", negative.error().message.c_str());
  return 0;
}
