// Checks that functions make where they begin and in their loops: of the epoch, and of the stack where nobody
// handles signals. What is checked is decided here; the code generator puts it into the functions, after they
// have been optimised without it.
#ifndef WASMC_COMPILER_LOWER_LATE_CODE_H
#define WASMC_COMPILER_LOWER_LATE_CODE_H

#include "lower/module_context.h"

namespace wasmc::compiler {

bool wantsLateCode(const LowerOptions& options);

// Defines kAtEntrySymbol and kInLoopsSymbol in the unit, where the options ask for what they do.
void lowerLateCode(ModuleContext& module);

// Marks a function, and keeps its instance from being optimised away until then.
void markForLateCode(llvm::IRBuilder<>& ir, llvm::Function& function);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_LOWER_LATE_CODE_H
