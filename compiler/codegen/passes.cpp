// The optimisation pipeline: LLVM's own for each level, with two things set differently from a C compiler.
//
// No C library function is known: WebAssembly code that looks like memset or strlen must not become a call of
// it, because the library's code, unlike ours, may not fault on guest memory. And every tuning option that
// matters is spelled out, so that a change of LLVM's defaults is seen.

#include <llvm/Analysis/CGSCCPassManager.h>
#include <llvm/Analysis/LoopAnalysisManager.h>
#include <llvm/Analysis/TargetLibraryInfo.h>
#include <llvm/IR/Module.h>
#include <llvm/IR/PassManager.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Support/CommandLine.h>
#include <llvm/Target/TargetMachine.h>
#include <llvm/Transforms/Scalar/EarlyCSE.h>
#include <llvm/Transforms/Scalar/LICM.h>
#include <llvm/Transforms/Scalar/LoopPassManager.h>
#include <llvm/Transforms/Utils/LCSSA.h>
#include <llvm/Transforms/Utils/LoopSimplify.h>

#include "codegen/codegen.h"
#include "codegen/fault_places.h"
#include "codegen/index_widening.h"
#include "codegen/late_code.h"
#include "codegen/observation.h"
#include "codegen/wide_multiply.h"

namespace wasmc::compiler {
namespace {

llvm::PipelineTuningOptions tuning(OptLevel level) {
  const bool speed = level == OptLevel::O2 || level == OptLevel::O3;
  llvm::PipelineTuningOptions options;
  options.LoopVectorization = speed;
  options.LoopInterleaving = speed;
  options.SLPVectorization = speed;
  options.LoopUnrolling = speed;
  options.MergeFunctions = false;  // a trap's backtrace names functions
  options.CallGraphProfile = false;
  return options;
}

llvm::OptimizationLevel pipelineLevel(OptLevel level) {
  switch (level) {
    case OptLevel::O0: return llvm::OptimizationLevel::O0;
    case OptLevel::O1: return llvm::OptimizationLevel::O1;
    case OptLevel::O2: return llvm::OptimizationLevel::O2;
    case OptLevel::O3: return llvm::OptimizationLevel::O3;
    case OptLevel::Os: return llvm::OptimizationLevel::Os;
  }
  return llvm::OptimizationLevel::O2;
}

// IndVarSimplify would widen an index that may wrap around to a counter of which each address is masked to 32
// bits. IndexWidening does it better. LLVM has the choice as a setting of the process only.
void keepIndicesNarrow() {
  static const bool once = [] {
    llvm::cl::Option* option = llvm::cl::getRegisteredOptions().lookup("indvars-widen-indvars");
    if (option) static_cast<llvm::cl::opt<bool>*>(option)->setValue(false);
    return option != nullptr;
  }();
  (void)once;
}

// What the checks load does not change in a loop; nothing optimises it but this.
void addLateCode(llvm::ModulePassManager& passes, OptLevel level) {
  passes.addPass(LateCodePass());
  if (level == OptLevel::O0) return;
  llvm::FunctionPassManager functions;
  functions.addPass(llvm::EarlyCSEPass(/*UseMemorySSA=*/true));
  functions.addPass(
      llvm::createFunctionToLoopPassAdaptor(llvm::LICMPass(llvm::LICMOptions()), /*UseMemorySSA=*/true));
  passes.addPass(llvm::createModuleToFunctionPassAdaptor(std::move(functions)));
}

}  // namespace

void optimise(llvm::Module& module, llvm::TargetMachine& machine, OptLevel level, bool vectorise,
              Notes& notes) {
  if (level == OptLevel::Os)
    for (llvm::Function& f : module)
      if (!f.isDeclaration()) f.addFnAttr(llvm::Attribute::OptimizeForSize);

  keepIndicesNarrow();
  llvm::PipelineTuningOptions options = tuning(level);
  options.LoopVectorization &= vectorise;
  options.LoopInterleaving &= vectorise;
  options.SLPVectorization &= vectorise;
  Observation observation(module.getContext(), notes);
  llvm::PassBuilder builder(&machine, options, std::nullopt, &observation.callbacks());
  builder.registerPeepholeEPCallback(
      [](llvm::FunctionPassManager& passes, llvm::OptimizationLevel) { passes.addPass(WideMultiplyPass()); });
  if (options.LoopVectorization) {
    builder.registerVectorizerStartEPCallback([](llvm::FunctionPassManager& passes, llvm::OptimizationLevel) {
      passes.addPass(DropFakeUsesPass());
      passes.addPass(llvm::LoopSimplifyPass());
      passes.addPass(llvm::LCSSAPass());
      passes.addPass(IndexWideningPass());
    });
  }
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager components;
  llvm::ModuleAnalysisManager modules;

  llvm::TargetLibraryInfoImpl library(machine.getTargetTriple());
  library.disableAllFunctions();
  functions.registerPass([&] { return llvm::TargetLibraryAnalysis(library); });
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(components);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, components, modules);

  const llvm::OptimizationLevel pipeline = pipelineLevel(level);
  llvm::ModulePassManager passes = level == OptLevel::O0 ? builder.buildO0DefaultPipeline(pipeline)
                                                         : builder.buildPerModuleDefaultPipeline(pipeline);
  if (hasLateCode(module)) addLateCode(passes, level);
  passes.addPass(llvm::createModuleToFunctionPassAdaptor(FaultPlacesPass()));
  passes.run(module, modules);
}

}  // namespace wasmc::compiler
