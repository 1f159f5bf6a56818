#include "lower/handlers.h"
#include "lower/simd.h"

#include <llvm/Support/ErrorHandling.h>

namespace wasmc::compiler {

// No default, so that the compiler's -Wswitch names an opcode that no table has.
void lowerInstruction(FunctionContext& f, const Instr& i) {
  switch (i.op) {
#define WASMC_LOWER(Name, call) \
  case Opcode::Name: return call;
#define WASMC_UNSUPPORTED(Name, reason) \
  case Opcode::Name: break;
#include "lower/instruction_tables.def"
    case Opcode::Count: break;
  }
  llvm::report_fatal_error(llvm::Twine("internal error: ") + opcodeText(i.op) + " passed the front end");
}

const char* unsupportedReason(Opcode op) {
  switch (op) {
#define WASMC_LOWER(Name, call) \
  case Opcode::Name: return nullptr;
#define WASMC_UNSUPPORTED(Name, reason) \
  case Opcode::Name: return reason;
#include "lower/instruction_tables.def"
    case Opcode::Count: break;
  }
  return "not an instruction";
}

}  // namespace wasmc::compiler
