// Where faults are, according to the line table.
#ifndef WASMC_COMPILER_CODEGEN_FAULT_PLACES_H
#define WASMC_COMPILER_CODEGEN_FAULT_PLACES_H

#include <llvm/IR/PassManager.h>

namespace wasmc::compiler {

// Instruction selection makes one machine instruction of a load and what uses its value, as `cmpb $0,
// (%rax)`, and gives it the place of the user. A fault of the load would be reported there. So the users that
// can be meant get the place of their load: they cannot fault themselves. To run when nothing moves any more.
class FaultPlacesPass : public llvm::PassInfoMixin<FaultPlacesPass> {
 public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
  static bool isRequired() { return true; }
};

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_CODEGEN_FAULT_PLACES_H
