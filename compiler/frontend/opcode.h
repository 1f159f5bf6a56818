// The instructions, by the names of wabt's opcode table. This is the only thing of wabt that leaves the
// adapter: a table of names and numbers, no types.
#ifndef WASMC_COMPILER_FRONTEND_OPCODE_H
#define WASMC_COMPILER_FRONTEND_OPCODE_H

#include <wasmc/abi/types.h>

#include <cstddef>
#include <cstdint>
#include <span>

namespace wasmc::compiler {

enum class Opcode : uint16_t {
#define WABT_OPCODE(rtype, type1, type2, type3, memory_size, prefix, code, Name, text, decomp) Name,
#include <wabt/opcode.def>
#undef WABT_OPCODE
  Count
};

// How the binary format spells an opcode: the prefix is 0 for one-byte opcodes.
struct OpcodeCode {
  uint32_t prefix;
  uint32_t code;
};

// Operands, the deepest first, and results (none or one). Complete for the instructions whose types depend on
// nothing but the opcode; where a memory is accessed the address is given as i32.
struct OpcodeSignature {
  std::span<const abi::ValType> params;
  std::span<const abi::ValType> results;
};

const char* opcodeText(Opcode op);     // "i32.add"
uint32_t opcodeMemorySize(Opcode op);  // bytes that a load, store or atomic accesses; 0 for the others
OpcodeCode opcodeCode(Opcode op);
OpcodeSignature opcodeSignature(Opcode op);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_FRONTEND_OPCODE_H
