// The C library functions that LLVM may call on its own, as functions of the artifact.
#ifndef WASMC_COMPILER_LOWER_LIBCALLS_H
#define WASMC_COMPILER_LOWER_LIBCALLS_H

#include <llvm/IR/Module.h>

namespace wasmc::compiler {

// Defines the artifact's abi::LibCalls variable, which the loader fills in, and a hidden function for each of
// its members, under the name by which LLVM calls it, that jumps there. Returns the variable.
// `exceptions`: there is code that catches exceptions.
llvm::GlobalVariable* lowerLibCalls(llvm::Module& target, bool exceptions);

// The function that the unwind tables of code that catches exceptions name: it goes to LibCalls::personality.
llvm::Function* declarePersonality(llvm::Module& target);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_LOWER_LIBCALLS_H
