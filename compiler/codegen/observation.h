// What optimisation can be asked to note down: LLVM's remarks, and which functions took it longest.
#ifndef WASMC_COMPILER_CODEGEN_OBSERVATION_H
#define WASMC_COMPILER_CODEGEN_OBSERVATION_H

#include <llvm/IR/PassInstrumentation.h>

#include <cstdint>
#include <memory>

#include "codegen/codegen.h"

namespace llvm {
class DiagnosticHandler;
class LLVMContext;
}  // namespace llvm

namespace wasmc::compiler {

// Notes while it lives: between construction and destruction the context of the module has a diagnostic
// handler of its own, and `callbacks` belongs to the passes that run.
class Observation {
 public:
  Observation(llvm::LLVMContext& context, Notes& notes);
  Observation(const Observation&) = delete;
  Observation& operator=(const Observation&) = delete;
  ~Observation();

  llvm::PassInstrumentationCallbacks& callbacks() { return callbacks_; }

 private:
  void timeFunctions();

  llvm::LLVMContext& context_;
  Notes& notes_;
  llvm::PassInstrumentationCallbacks callbacks_;
  std::unique_ptr<llvm::DiagnosticHandler> previous_;
  unsigned depth_ = 0;  // of passes over one function that are running
  int64_t start_ = 0;
};

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_CODEGEN_OBSERVATION_H
