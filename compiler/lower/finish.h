// What is done to the IR of a function between lowering and the optimiser, while it still says what the wasm
// module said.
#ifndef WASMC_COMPILER_LOWER_FINISH_H
#define WASMC_COMPILER_LOWER_FINISH_H

#include <llvm/IR/Function.h>

namespace wasmc::compiler {

class ModuleContext;

// Removes blocks that nothing leads to, and turns locals into SSA values.
void promoteLocals(llvm::Function& function);

// Loads whose value nobody needs, once all functions of the unit are there.
//
// The optimiser takes a load for an instruction that does nothing but give a value, and drops it when the
// value is not needed; in wasm it must trap nevertheless where it is out of bounds. So loads whose value
// reaches no store, call, branch or result are made volatile here, and the dropped result of a call gets a
// use where the callee returns what it loaded. All other loads stay ordinary ones.
//
// What is promised: a load whose value is needed on some path from it traps on those paths at least. What is
// not: where the optimiser finds out later that a value does not matter (`x & 0`, an argument that the callee
// ignores, a store of what is there already) or is needed on one side of a branch only, it may drop the load
// or do it on that side only. Memory is not touched out of bounds in any case. With
// LowerOptions::strict_traps every access is volatile, and nothing of this happens.
void pinDroppedLoads(ModuleContext& module);

// Operations that LLVM replaces by one of their operands (`x * 1.0`, `x + -0.0`, `min(x, x)`), or that it
// makes of several instructions which let a NaN pass (rounding, on RISC-V), although a signalling NaN must
// come out of them quiet: gives them an llvm.canonicalize, which stays.
void quietNans(llvm::Function& function);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_LOWER_FINISH_H
