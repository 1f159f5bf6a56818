// Code that goes into functions when they have been optimised.
#ifndef WASMC_COMPILER_CODEGEN_LATE_CODE_H
#define WASMC_COMPILER_CODEGEN_LATE_CODE_H

#include <llvm/IR/PassManager.h>

namespace wasmc::compiler {

// A check in a loop stops LLVM from vectorising it, from moving what it loads out of it, and from most else.
// So functions are optimised without their checks, and get them at the end: once for each iteration of the
// loops that are left then, which may stand for many of the source's.
//
// What is put in are the unit's functions kAtEntrySymbol and kInLoopsSymbol (support/symbols.h), inlined,
// into each function with kLateCodeAttribute, with its first argument: the one where it begins, unless it
// makes no calls, for then its caller has been checked just before; the other at the target of each edge that
// closes a cycle. An innermost loop of few iterations is left alone. Until then a fake use keeps the
// argument.
class LateCodePass : public llvm::PassInfoMixin<LateCodePass> {
 public:
  llvm::PreservedAnalyses run(llvm::Module& module, llvm::ModuleAnalysisManager& analyses);
  static bool isRequired() { return true; }
};

// Whether the unit has any.
bool hasLateCode(const llvm::Module& module);

// Removes the fake uses, which the vectoriser takes for calls. To run when no pass that follows removes
// arguments of functions.
class DropFakeUsesPass : public llvm::PassInfoMixin<DropFakeUsesPass> {
 public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_CODEGEN_LATE_CODE_H
