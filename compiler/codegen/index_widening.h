// 64-bit indices for loops over 32-bit ones.
#ifndef WASMC_COMPILER_CODEGEN_INDEX_WIDENING_H
#define WASMC_COMPILER_CODEGEN_INDEX_WIDENING_H

#include <llvm/IR/PassManager.h>

namespace wasmc::compiler {

// Addresses are base + zext(index) with an i32 index, and i32 sums wrap around. So where a loop counts an
// index up, LLVM can not treat the addresses as a sequence: each is computed anew, neighbours (`a[i]`, `a[i +
// 1]` of an unrolled loop) do not look like neighbours, and the vectoriser gives up, or guards each on its
// own.
//
// But an index of a real loop does not wrap, and once before the loop that can be checked: the last index is
// known from the first, the step and the number of iterations. This pass makes two versions of an innermost
// loop. The one that runs where no index wraps counts them in 64 bits, all that have the same step and a
// constant distance with one counter. The other is the loop as it was. Where the check is known to hold there
// is only the first. The check is also that arrays do not overlap, where the vectoriser could not find out
// itself (loop_arrays.h). To run before the vectoriser, on loops in simplified and LCSSA form.
class IndexWideningPass : public llvm::PassInfoMixin<IndexWideningPass> {
 public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_CODEGEN_INDEX_WIDENING_H
