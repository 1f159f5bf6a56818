// Calls two libraries that cannot harm the program, whatever they do: each has a memory of its own and no
// imports.
#include <wasmc/wasmc.h>

#include <algorithm>
#include <cstdio>
#include <string_view>

extern "C" const wasmc::abi::Descriptor wasmc_module_checksum;
extern "C" const wasmc::abi::Descriptor wasmc_module_reverse;

using wasmc::Result;

static Result<wasmc::Instance> instantiate(const wasmc::Store& store,
                                           const wasmc::abi::Descriptor& descriptor) {
  const auto module = wasmc::Module::fromDescriptor(store.engine(), &descriptor);
  if (!module) return std::unexpected(module.error());
  return wasmc::Instance::create(store, *module, {});
}

static Result<uint32_t> checksum(const wasmc::Store& store, std::string_view text) {
  const auto instance = instantiate(store, wasmc_module_checksum);
  if (!instance) return std::unexpected(instance.error());
  const auto bytes = instance->memory("memory")->slice(0, text.size());
  if (!bytes) return std::unexpected(bytes.error());
  std::ranges::copy(text, bytes->begin());
  return instance->func<uint32_t(uint32_t, uint32_t)>("checksum")
      .value()(0, static_cast<uint32_t>(text.size()));
}

static Result<uint32_t> reverse(const wasmc::Store& store, uint32_t n) {
  const auto instance = instantiate(store, wasmc_module_reverse);
  if (!instance) return std::unexpected(instance.error());
  return instance->func<uint32_t(uint32_t)>("reverse").value()(n);
}

int main() {
  const wasmc::Store store{wasmc::Engine()};
  const auto sum = checksum(store, "hello");
  const auto bits = reverse(store, 1);
  for (const auto& result : {sum, bits})
    if (!result) return std::fprintf(stderr, "%s\n", result.error().message.c_str()), 1;
  std::printf("checksum: %u, reverse: %u\n", *sum, *bits);
  return 0;
}
