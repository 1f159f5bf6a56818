// A module's DWARF as debug information of LLVM, for `-g`: functions with the scopes and inlined functions in
// them, lines, variables and where they are. LLVM carries it through optimisation and writes native DWARF of
// it.
#ifndef WASMC_COMPILER_DEBUG_DEBUG_INFO_H
#define WASMC_COMPILER_DEBUG_DEBUG_INFO_H

#include "debug/guest_dwarf.h"
#include "debug/type_converter.h"
#include "support/painted_ranges.h"

#include <llvm/IR/DebugInfoMetadata.h>

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

namespace wasmc::compiler {

// Where the functions' DIEs are: offsets in .debug_info by function index; 0: it has none.
using FunctionDies = std::vector<uint64_t>;

// Where a variable is while the instructions at [begin, end) run, offsets in the .wasm file.
struct VariablePlace {
  enum class Kind { Local, Operand, Constant };
  uint64_t begin;
  uint64_t end;
  Kind kind;
  uint64_t value;  // index of the local, height in the operand stack, or the constant
  llvm::DILocalVariable* variable;
  llvm::DIExpression* expression;  // of the value
  llvm::DILocation* scope;         // where a debug value of it belongs
};

// Of one function.
struct FunctionDebugInfo {
  struct Scope {
    llvm::DILocalScope* scope = nullptr;
    llvm::DILocation* inlined_at = nullptr;
  };
  struct Line {
    uint64_t offset;
    uint32_t line;
    uint32_t column;
    llvm::DIFile* file;
  };

  llvm::DISubprogram* subprogram = nullptr;
  PaintedRanges<Scope> scopes{Scope()};
  std::vector<Line> lines;            // by offset
  uint64_t body = 0;                  // where the function's prologue ends, which debuggers skip
  std::vector<VariablePlace> places;  // by begin

  // Of the instruction at `offset`. Its discriminator is the offset plus one: so the address map finds it
  // again.
  llvm::DILocation* locationAt(uint64_t offset) const;
};

// The debug information of one unit: one LLVM module.
class DebugInfo {
 public:
  DebugInfo(const Module& module, const FunctionDies& dies, llvm::Module& target);
  ~DebugInfo();

  // Null if the module says nothing about the function.
  std::unique_ptr<FunctionDebugInfo> function(uint32_t index);
  // To be called when all functions are there.
  void finish();

 private:
  class CompileUnit;
  CompileUnit& unitOf(llvm::DWARFUnit& unit);

  const FunctionDies& dies_;
  llvm::Module& target_;
  GuestDwarf dwarf_;
  std::map<uint64_t, std::unique_ptr<CompileUnit>> units_;  // by offset
};

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_DEBUG_DEBUG_INFO_H
