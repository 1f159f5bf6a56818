// 128-bit products.
#ifndef WASMC_COMPILER_CODEGEN_WIDE_MULTIPLY_H
#define WASMC_COMPILER_CODEGEN_WIDE_MULTIPLY_H

#include <llvm/IR/PassManager.h>

namespace wasmc::compiler {

// WebAssembly has no product of 64-bit numbers with 128 bits, so compilers make one of four 32-bit products,
// in a function like compiler-rt's __multi3 or inlined from it. Processors have an instruction for it. This
// pass finds such products by what they compute, wherever they stand:
//
//   t0 = lo(a) * lo(b)
//   t1 = lo(a) * hi(b) + (t0 >> 32)
//   t2 = hi(a) * lo(b) + lo(t1)
//   high = hi(a) * hi(b) + (t1 >> 32) + (t2 >> 32)
//   low  = (t2 << 32) | lo(t0)
//
// where lo and hi are the 32-bit halves. No sum here overflows, so `high` and `low` are the halves of the
// exact product: a proof, not a guess. `high` may be part of a longer sum.
class WideMultiplyPass : public llvm::PassInfoMixin<WideMultiplyPass> {
 public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_CODEGEN_WIDE_MULTIPLY_H
