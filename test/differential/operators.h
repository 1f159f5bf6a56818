// The instructions that only compute, and those that access memory, by what they leave on the stack. They
// come from wabt's table, so that none is forgotten.
#ifndef WASMC_TEST_DIFFERENTIAL_OPERATORS_H
#define WASMC_TEST_DIFFERENTIAL_OPERATORS_H

#include "wasm_writer.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace wasmc::differential {

// What of an instruction's result or operands depends on the payload of a NaN, which the specification leaves
// open.
enum class Payload {
  Hidden,   // nothing
  Operand,  // its last operand's bits can be seen in the result
  Lanes32,  // f32 lanes of the result may be any NaN
  Lanes64,  // f64 lanes
};

struct Operator {
  std::string_view name;
  Opcode opcode;
  std::optional<Type> result;
  std::vector<Type> params;  // of an access to memory: without the address
  unsigned bytes = 0;        // that an access to memory needs
  unsigned lanes = 0;        // the immediate is the number of a lane, of so many
  Payload payload = Payload::Hidden;
};

// Instructions with this result.
const std::vector<Operator>& operatorsFor(Type result);
const std::vector<Operator>& loadsFor(Type result);
const std::vector<Operator>& stores();
// Atomic loads, read-modify-writes, notifications.
const std::vector<Operator>& atomicsFor(Type result);
const std::vector<Operator>& atomicStores();

}  // namespace wasmc::differential

#endif  // WASMC_TEST_DIFFERENTIAL_OPERATORS_H
