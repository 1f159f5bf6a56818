// What is done with a module, and what is seen of it: the same text from every engine where they agree.
#ifndef WASMC_TEST_DIFFERENTIAL_OBSERVATION_H
#define WASMC_TEST_DIFFERENTIAL_OBSERVATION_H

#include "wasm_writer.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wasmc::differential {

struct Argument {
  Type type;  // a number
  uint64_t bits;
};

struct Call {
  std::string function;  // an export
  std::vector<Argument> arguments;
  std::vector<Type> results;
};

struct Script {
  std::vector<Call> calls;
  std::map<std::string, Type> globals;  // that are exported
};

// After instantiation, and after each call.
struct Observation {
  std::string outcome;             // "returned i32:5", "trap: memory", "exception"
  std::vector<std::string> logs;   // of the imported functions, in order
  std::vector<std::string> state;  // exported globals, memories, tables
  // Of wasmc only.
  std::string trap;   // code, function and offset: "integer overflow in 5 at 0x1f3"
  int64_t fuel = -1;  // used so far; -1 if it is not counted or not known
};

struct Run {
  std::string unusable;  // why this engine can not run the module; nothing else is set then
  std::vector<Observation> steps;
};

// A run as text, without what only wasmc has; node.mjs writes the same.
std::string toText(const Run& run);
Run fromText(const std::string& text);

// "0x2a", with so many digits at least.
std::string hex(uint64_t value, int digits);
// "i32:-1", "f32:0x3f800000", "f64:nan": all NaNs are one.
std::string describe(Type type, uint64_t bits);
// "m0 2 pages 0x12345678"
std::string describeMemory(std::string_view name, std::span<const uint8_t> bytes);

// Traps in the classes that all engines can tell apart.
namespace trap_class {
inline constexpr std::string_view kMemory = "trap: memory";
inline constexpr std::string_view kStack = "trap: stack";
}  // namespace trap_class

}  // namespace wasmc::differential

#endif  // WASMC_TEST_DIFFERENTIAL_OBSERVATION_H
