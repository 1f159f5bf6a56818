#include "codegen/late_code.h"

#include <llvm/ADT/SetVector.h>
#include <llvm/Analysis/CFG.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/IR/DebugInfoMetadata.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/IR/Module.h>
#include <llvm/Transforms/Utils/Cloning.h>

#include "support/symbols.h"

namespace wasmc::compiler {
namespace {

// An innermost loop of at most so many iterations is no longer than a long function without any.
constexpr unsigned kFewIterations = 1000;

bool dropFakeUses(llvm::Function& function) {
  llvm::SmallVector<llvm::Instruction*, 8> found;
  for (llvm::Instruction& i : llvm::instructions(function)) {
    auto* call = llvm::dyn_cast<llvm::IntrinsicInst>(&i);
    if (call && call->getIntrinsicID() == llvm::Intrinsic::fake_use &&
        call->getArgOperand(0) == function.getArg(0))
      found.push_back(call);
  }
  for (llvm::Instruction* i : found) i->eraseFromParent();
  return !found.empty();
}

// Calls of traps do not count: they do not come back.
bool makesCalls(llvm::Function& function) {
  return llvm::any_of(llvm::instructions(function), [](const llvm::Instruction& i) {
    auto* call = llvm::dyn_cast<llvm::CallBase>(&i);
    return call && !llvm::isa<llvm::IntrinsicInst>(call) && !call->doesNotReturn();
  });
}

// Each cycle goes through one of them, also if it is no natural loop.
llvm::SmallSetVector<llvm::BasicBlock*, 8> cycleHeads(llvm::Function& function,
                                                      llvm::FunctionAnalysisManager& analyses) {
  llvm::SmallVector<std::pair<const llvm::BasicBlock*, const llvm::BasicBlock*>, 8> edges;
  llvm::FindFunctionBackedges(function, edges);
  llvm::SmallSetVector<llvm::BasicBlock*, 8> heads;
  if (edges.empty()) return heads;
  auto& loops = analyses.getResult<llvm::LoopAnalysis>(function);
  auto& evolution = analyses.getResult<llvm::ScalarEvolutionAnalysis>(function);
  for (const auto& edge : edges) {
    auto* const head = const_cast<llvm::BasicBlock*>(edge.second);
    llvm::Loop* const loop = loops.getLoopFor(head);
    const bool innermost = loop && loop->getHeader() == head && loop->isInnermost();
    const unsigned most = innermost ? evolution.getSmallConstantMaxTripCount(loop) : 0;
    if (most == 0 || most > kFewIterations) heads.insert(head);
  }
  return heads;
}

// Where the inserted code traps is the first place that is known behind it.
llvm::DebugLoc locationAt(llvm::BasicBlock::iterator where) {
  llvm::BasicBlock& block = *where->getParent();
  for (auto i = where; i != block.end(); ++i)
    if (i->getDebugLoc() && i->getDebugLoc().getLine() != 0) return i->getDebugLoc();
  llvm::DISubprogram* scope = block.getParent()->getSubprogram();
  return scope ? llvm::DILocation::get(block.getContext(), scope->getLine(), 0, scope) : nullptr;
}

llvm::CallInst* insertCall(llvm::Function& code, llvm::BasicBlock::iterator where) {
  auto* call = llvm::CallInst::Create(&code, {where->getFunction()->getArg(0)}, "", where);
  call->setDebugLoc(locationAt(where));
  return call;
}

void addTo(llvm::Function& function, llvm::Function* at_entry, llvm::Function* in_loops,
           llvm::FunctionAnalysisManager& analyses) {
  dropFakeUses(function);
  const bool calls_others = makesCalls(function);
  llvm::SmallVector<llvm::CallInst*, 8> calls;
  if (in_loops) {
    for (llvm::BasicBlock* head : cycleHeads(function, analyses))
      calls.push_back(insertCall(*in_loops, head->getFirstInsertionPt()));
  }
  if (at_entry && calls_others) {
    llvm::BasicBlock& entry = function.getEntryBlock();
    calls.push_back(insertCall(*at_entry, entry.getFirstNonPHIOrDbgOrAlloca()));
  }
  for (llvm::CallInst* call : calls) {
    llvm::InlineFunctionInfo info;
    llvm::InlineFunction(*call, info);
  }
}

}  // namespace

bool hasLateCode(const llvm::Module& module) { return module.getFunction(kAtEntrySymbol) != nullptr; }

llvm::PreservedAnalyses LateCodePass::run(llvm::Module& module, llvm::ModuleAnalysisManager& analyses) {
  llvm::Function* const at_entry = module.getFunction(kAtEntrySymbol);
  llvm::Function* const in_loops = module.getFunction(kInLoopsSymbol);
  auto& functions = analyses.getResult<llvm::FunctionAnalysisManagerModuleProxy>(module).getManager();
  for (llvm::Function& function : module)
    if (function.hasFnAttribute(kLateCodeAttribute) && !function.isDeclaration())
      addTo(function, at_entry, in_loops, functions);
  for (llvm::Function* code : {at_entry, in_loops})
    if (code) code->eraseFromParent();
  return llvm::PreservedAnalyses::none();
}

llvm::PreservedAnalyses DropFakeUsesPass::run(llvm::Function& function, llvm::FunctionAnalysisManager&) {
  const bool marked = function.hasFnAttribute(kLateCodeAttribute);
  if (!marked || !dropFakeUses(function)) return llvm::PreservedAnalyses::all();
  llvm::PreservedAnalyses kept;
  kept.preserveSet<llvm::CFGAnalyses>();
  return kept;
}

}  // namespace wasmc::compiler
