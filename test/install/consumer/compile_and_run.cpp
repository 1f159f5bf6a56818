// Compiles a module in memory and calls it: prints 42.
#include <wasmc/compiler.h>
#include <wasmc/wasmc.h>
#include <cstdint>
#include <cstdio>

// (module (func (export "answer") (param i32) (result i32) local.get 0 i32.const 2 i32.add))
static const uint8_t kModule[] = {
    0,  'a', 's', 'm',  1,   0,    0,   0,                         // header
    1,  6,   1,   0x60, 1,   0x7f, 1,   0x7f,                      // type: (i32) -> (i32)
    3,  2,   1,   0,                                               // function 0 is of type 0
    7,  10,  1,   6,    'a', 'n',  's', 'w',  'e', 'r',  0,    0,  // export "answer"
    10, 9,   1,   7,    0,   0x20, 0,   0x41, 2,   0x6a, 0x0b,     // code
};

int main() {
  const auto compiled = wasmc::compiler::compile(kModule, {});
  if (!compiled) return std::fprintf(stderr, "%s\n", compiled.error().message.c_str()), 1;
  const wasmc::Engine engine;
  const auto module = wasmc::Module::fromBytes(engine, compiled->bytes);
  if (!module) return std::fprintf(stderr, "%s\n", module.error().message.c_str()), 1;
  const wasmc::Store store(engine);
  const auto instance = wasmc::Linker(engine).instantiate(store, *module);
  if (!instance) return std::fprintf(stderr, "%s\n", instance.error().message.c_str()), 1;
  const auto answer = instance->func<int32_t(int32_t)>("answer");
  if (!answer) return std::fprintf(stderr, "%s\n", answer.error().message.c_str()), 1;
  const auto result = (*answer)(40);
  if (!result) return std::fprintf(stderr, "%s\n", result.error().message.c_str()), 1;
  std::printf("%d\n", *result);
  return 0;
}
