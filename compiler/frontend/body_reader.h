// Function bodies -> instructions, decoded by wabt and not validated.
#ifndef WASMC_COMPILER_FRONTEND_BODY_READER_H
#define WASMC_COMPILER_FRONTEND_BODY_READER_H

#include "frontend/events.h"
#include "frontend/features.h"
#include "support/diagnostic.h"

#include <optional>
#include <span>

namespace wasmc::compiler {

// Takes the instructions as they stand, unreachable ones too. Blocks are balanced only as far as the bytes
// go: between begin and end, `end` instructions never outnumber blocks.
class InstrSink {
 public:
  virtual ~InstrSink() = default;
  // Each returns false to stop; the sink then keeps the reason.
  virtual bool begin(uint32_t function, std::span<const FunctionVisitor::LocalRun> locals) = 0;
  virtual bool instruction(const Instr& instr) = 0;
  virtual bool end(uint64_t offset) = 0;  // of the final `end`
};

// Reads the bodies of the functions [first, first + count). Returns what is malformed in them; nothing when
// all is well or the sink stopped.
std::optional<Diagnostic> readBodies(const Module& module, bool multi_memory, uint32_t first, uint32_t count,
                                     InstrSink& sink);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_FRONTEND_BODY_READER_H
