// Calls two libraries that cannot harm the program, whatever they do: each has a memory of its own and no
// imports. Their headers are made from the modules, so a call with wrong types does not compile.
#include <wasm_modules/checksum.h>
#include <wasm_modules/reverse.h>

#include <algorithm>
#include <cstdio>
#include <string_view>

using wasmc::Result;

static Result<int32_t> checksum(const wasmc::Store& store, std::string_view text) {
  const auto module = wasm_modules::checksum::linked(store.engine());
  if (!module) return std::unexpected(module.error());
  const auto library = wasm_modules::checksum::instantiate(store, *module);
  if (!library) return std::unexpected(library.error());
  const auto bytes = library->memory.slice(0, text.size());
  if (!bytes) return std::unexpected(bytes.error());
  std::ranges::copy(text, bytes->begin());
  return library->checksum(0, static_cast<int32_t>(text.size()));
}

static Result<int32_t> reverse(const wasmc::Store& store, int32_t n) {
  const auto module = wasm_modules::reverse::linked(store.engine());
  if (!module) return std::unexpected(module.error());
  const auto library = wasm_modules::reverse::instantiate(store, *module);
  if (!library) return std::unexpected(library.error());
  return library->reverse(n);
}

int main() {
  const wasmc::Store store{wasmc::Engine()};
  const auto sum = checksum(store, "hello");
  const auto bits = reverse(store, 1);
  for (const auto& result : {sum, bits})
    if (!result) return std::fprintf(stderr, "%s\n", result.error().message.c_str()), 1;
  std::printf("checksum: %u, reverse: %u\n", static_cast<unsigned>(*sum), static_cast<unsigned>(*bits));
  return 0;
}
