// What the front end tells lowering about function bodies: one event an instruction, in order, already
// validated. Unreachable code never arrives: after an instruction that does not return (br, return,
// unreachable, ...) everything up to the `else`, `catch` or `end` of the enclosing block is left out, nested
// blocks included; that `else` or `end` itself does arrive. The function's own final `end` is not an
// instruction; it arrives as FunctionVisitor::end.
#ifndef WASMC_COMPILER_FRONTEND_EVENTS_H
#define WASMC_COMPILER_FRONTEND_EVENTS_H

#include "frontend/module.h"
#include "frontend/opcode.h"

#include <array>
#include <cstdint>
#include <span>

namespace wasmc::compiler {

// The type of a block: its parameters and results, resolved.
struct BlockType {
  std::span<const ValType> params;
  std::span<const ValType> results;
};

struct MemArg {
  uint32_t memory = 0;
  uint32_t align_log2 = 0;
  uint64_t offset = 0;
};

// One instruction with its immediates; only the members that its opcode has are meaningful. Spans live until
// the event handler returns.
struct Instr {
  Opcode op = Opcode::Nop;
  uint64_t offset = 0;  // of the opcode's first byte in the module
  uint32_t index =
      0;  // local, global, function, type (call_indirect), label depth, table, tag, segment, memory
  uint32_t index2 = 0;  // table of call_indirect and table.init; source of table.copy and memory.copy; memory
                        // of memory.init
  MemArg mem;           // loads, stores, atomics
  BlockType block;      // block, loop, if, try
  uint64_t bits = 0;    // i32.const .. f64.const, low half of v128.const and shuffle lanes
  uint64_t bits_hi = 0;               // high half
  uint32_t lane = 0;                  // extract_lane, replace_lane, load_lane, store_lane
  ValType type;                       // ref.null; select with a type
  std::span<const uint32_t> targets;  // br_table: label depths, the default last
};

class FunctionVisitor {
 public:
  virtual ~FunctionVisitor() = default;
  // `locals` holds the declared locals as runs; the parameters are not among them.
  struct LocalRun {
    uint32_t count;
    ValType type;
  };
  virtual void begin(uint32_t function, std::span<const LocalRun> locals) = 0;
  virtual void instruction(const Instr& instr) = 0;
  // `offset` is that of the final `end`; `reachable` says whether control falls through to it. Branches to
  // the outermost label may reach it in either case.
  virtual void end(uint64_t offset, bool reachable) = 0;
};

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_FRONTEND_EVENTS_H
