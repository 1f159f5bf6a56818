#include "codegen/index_widening.h"

#include "codegen/loop_arrays.h"

#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/Analysis/ScalarEvolutionExpressions.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/MDBuilder.h>
#include <llvm/IR/ProfDataUtils.h>
#include <llvm/Transforms/Utils/BasicBlockUtils.h>
#include <llvm/Transforms/Utils/Cloning.h>
#include <llvm/Transforms/Utils/Local.h>
#include <llvm/Transforms/Utils/LoopUtils.h>
#include <llvm/Transforms/Utils/ScalarEvolutionExpander.h>

#include <limits>

namespace wasmc::compiler {
namespace {

// Above this the second version costs more than faster addresses gain.
constexpr size_t kMaxInstructions = 300;

constexpr int64_t kMaxIndex = std::numeric_limits<uint32_t>::max();

// Indices of a loop with the same step, at constant distances from the smallest.
struct Counter {
  struct Use {
    llvm::WeakVH index;  // i64; null once it is gone
    int64_t distance;    // >= 0
  };
  const llvm::SCEV* start;  // i32, of the smallest index
  const llvm::SCEV* step;   // i32; taken for unsigned, unless it is a negative constant
  llvm::SmallVector<Use, 4> uses;

  int64_t reach() const {
    int64_t furthest = 0;
    for (const Use& use : uses) furthest = std::max(furthest, use.distance);
    return furthest;
  }
  bool countsDown() const {
    auto* constant = llvm::dyn_cast<llvm::SCEVConstant>(step);
    return constant && constant->getAPInt().isNegative();
  }
};

using Counters = llvm::SmallVector<Counter, 4>;

class IndexWidening {
 public:
  IndexWidening(llvm::LoopInfo& loops, llvm::DominatorTree& dominators, llvm::ScalarEvolution& evolution)
      : loops_(loops), dominators_(dominators), evolution_(evolution) {}

  // Whether the loop was changed.
  bool run(llvm::Loop& loop);

 private:
  // What must hold before the loop: left <= right, unsigned, in i64, or the other such comparison if there is
  // one.
  struct Comparison {
    const llvm::SCEV* left;
    const llvm::SCEV* right;
  };
  using Check = llvm::SmallVector<Comparison, 2>;
  using Checks = llvm::SmallVector<Check, 4>;

  Counters countersOf(llvm::Loop& loop);
  void addIndex(Counters& counters, llvm::Instruction* index, const llvm::SCEVAddRecExpr* sequence);
  Checks checksOf(const Counters& counters, llvm::ArrayRef<LoopArray> arrays, const llvm::SCEV* iterations);
  llvm::Value* expand(llvm::Loop& loop, const Checks& checks,
                      llvm::ArrayRef<const llvm::SCEVPredicate*> assumptions);
  void makeVersions(llvm::Loop& loop, llvm::Value* holds);
  void widen(llvm::Loop& loop, const Counter& counter);

  const llvm::SCEV* wide(const llvm::SCEV* value) {
    return evolution_.getNoopOrZeroExtend(value, llvm::Type::getInt64Ty(evolution_.getContext()));
  }
  const llvm::SCEV* constant(int64_t value) {
    return evolution_.getConstant(llvm::Type::getInt64Ty(evolution_.getContext()),
                                  static_cast<uint64_t>(value));
  }
  const llvm::SCEV* stride(const Counter& counter) {
    return wide(counter.countsDown() ? evolution_.getNegativeSCEV(counter.step) : counter.step);
  }

  llvm::LoopInfo& loops_;
  llvm::DominatorTree& dominators_;
  llvm::ScalarEvolution& evolution_;
};

size_t sizeOf(const llvm::Loop& loop) {
  size_t size = 0;
  for (const llvm::BasicBlock* block : loop.blocks()) size += block->size();
  return size;
}

bool isAddress(const llvm::Instruction& index) {
  return llvm::any_of(index.users(),
                      [](const llvm::User* user) { return llvm::isa<llvm::GetElementPtrInst>(user); });
}

void IndexWidening::addIndex(Counters& counters, llvm::Instruction* index,
                             const llvm::SCEVAddRecExpr* sequence) {
  const llvm::SCEV* const start = sequence->getStart();
  const llvm::SCEV* const step = sequence->getStepRecurrence(evolution_);
  for (Counter& counter : counters) {
    if (counter.step != step) continue;
    auto* difference = llvm::dyn_cast<llvm::SCEVConstant>(evolution_.getMinusSCEV(start, counter.start));
    if (!difference) continue;
    const int64_t distance = difference->getAPInt().getSExtValue();
    if (distance < 0) {
      counter.start = start;
      for (Counter::Use& use : counter.uses) use.distance -= distance;
    }
    counter.uses.push_back({index, std::max<int64_t>(distance, 0)});
    return;
  }
  counters.push_back({start, step, {{index, 0}}});
}

Counters IndexWidening::countersOf(llvm::Loop& loop) {
  Counters counters;
  for (llvm::BasicBlock* block : loop.blocks()) {
    for (llvm::Instruction& i : *block) {
      if (!i.getType()->isIntegerTy(64) || llvm::isa<llvm::PHINode>(i) || !isAddress(i)) continue;
      auto* index = llvm::dyn_cast<llvm::SCEVZeroExtendExpr>(evolution_.getSCEV(&i));
      if (!index || !index->getOperand()->getType()->isIntegerTy(32)) continue;
      auto* sequence = llvm::dyn_cast<llvm::SCEVAddRecExpr>(index->getOperand());
      if (sequence && sequence->getLoop() == &loop && sequence->isAffine()) addIndex(counters, &i, sequence);
    }
  }
  return counters;
}

IndexWidening::Checks IndexWidening::checksOf(const Counters& counters, llvm::ArrayRef<LoopArray> arrays,
                                              const llvm::SCEV* iterations) {
  Checks checks;
  auto isKnown = [&](const Comparison& c) {
    return evolution_.isKnownPredicate(llvm::CmpInst::ICMP_ULE, c.left, c.right);
  };
  auto require = [&](const Check& check) {
    if (llvm::none_of(check, isKnown)) checks.push_back(check);
  };
  // With at most 2^32 - 1 iterations nothing below leaves 64 bits.
  require({{wide(iterations), constant(kMaxIndex)}});
  for (const Counter& counter : counters) {
    const llvm::SCEV* const start = wide(counter.start);
    const llvm::SCEV* const way = evolution_.getMulExpr(wide(iterations), stride(counter));
    if (counter.countsDown()) {
      require({{way, start}});
      if (counter.reach() != 0) require({{start, constant(kMaxIndex - counter.reach())}});
    } else {
      require({{evolution_.getAddExpr(start, way), constant(kMaxIndex - counter.reach())}});
    }
  }
  for (const Disjoint& d : apart(arrays, wide(iterations), evolution_)) {
    require({{d.left1, d.right1}, {d.left2, d.right2}});
  }
  return checks;
}

// Whether all of them hold, computed before the loop. Null if it can not be.
llvm::Value* IndexWidening::expand(llvm::Loop& loop, const Checks& checks,
                                   llvm::ArrayRef<const llvm::SCEVPredicate*> assumptions) {
  llvm::Instruction* const before = loop.getLoopPreheader()->getTerminator();
  llvm::SCEVExpander expander(evolution_, "index");
  for (const Check& check : checks) {
    for (const Comparison& c : check) {
      if (!expander.isSafeToExpandAt(c.left, before) || !expander.isSafeToExpandAt(c.right, before))
        return nullptr;
    }
  }
  llvm::IRBuilder<> ir(before);
  ir.SetCurrentDebugLocation(loop.getStartLoc());
  llvm::Value* all_hold = ir.getTrue();
  for (const llvm::SCEVPredicate* assumption : assumptions) {
    llvm::Value* const violated = expander.expandCodeForPredicate(assumption, before);
    all_hold = ir.CreateAnd(all_hold, ir.CreateNot(violated));
  }
  for (const Check& check : checks) {
    llvm::Value* holds = ir.getFalse();
    for (const Comparison& c : check) {
      llvm::Value* const left = expander.expandCodeFor(c.left, ir.getInt64Ty(), before);
      llvm::Value* const right = expander.expandCodeFor(c.right, ir.getInt64Ty(), before);
      holds = ir.CreateOr(holds, ir.CreateICmpULE(left, right));
    }
    all_hold = ir.CreateAnd(all_hold, holds);
  }
  return all_hold;
}

// The loop stays the version for `holds`; the other is a copy of it, which nothing is to be spent on.
void IndexWidening::makeVersions(llvm::Loop& loop, llvm::Value* holds) {
  llvm::BasicBlock* const check = loop.getLoopPreheader();
  llvm::BasicBlock* const entry = llvm::SplitBlock(check, check->getTerminator(), &dominators_, &loops_);
  llvm::ValueToValueMapTy copies;
  llvm::SmallVector<llvm::BasicBlock*, 8> blocks;
  llvm::Loop* const other =
      llvm::cloneLoopWithPreheader(entry, check, &loop, copies, ".wrapping", &loops_, &dominators_, blocks);
  llvm::remapInstructionsInBlocks(blocks, copies);
  llvm::addStringMetadataToLoop(other, "llvm.loop.vectorize.enable", 0);
  llvm::addStringMetadataToLoop(other, "llvm.loop.unroll.count", 1);

  llvm::Instruction* const old = check->getTerminator();
  llvm::IRBuilder<> ir(old);
  llvm::MDNode* const likely = llvm::MDBuilder(ir.getContext()).createLikelyBranchWeights();
  ir.CreateCondBr(holds, entry, other->getLoopPreheader(), likely);
  old->eraseFromParent();

  // In LCSSA form whatever leaves the loop does so through these phis.
  llvm::SmallVector<llvm::BasicBlock*, 4> exits;
  loop.getUniqueExitBlocks(exits);
  for (llvm::BasicBlock* exit : exits) {
    for (llvm::PHINode& phi : exit->phis()) {
      for (unsigned i = 0, count = phi.getNumIncomingValues(); i < count; ++i) {
        auto copy = copies.find(phi.getIncomingBlock(i));
        if (copy == copies.end()) continue;
        auto value = copies.find(phi.getIncomingValue(i));
        phi.addIncoming(
            value == copies.end() ? phi.getIncomingValue(i) : static_cast<llvm::Value*>(value->second),
            llvm::cast<llvm::BasicBlock>(copy->second));
      }
    }
  }
  dominators_.recalculate(*check->getParent());
  llvm::formDedicatedExitBlocks(&loop, &dominators_, &loops_, nullptr, /*PreserveLCSSA=*/true);
  llvm::formDedicatedExitBlocks(other, &dominators_, &loops_, nullptr, /*PreserveLCSSA=*/true);
}

void IndexWidening::widen(llvm::Loop& loop, const Counter& counter) {
  llvm::BasicBlock* const entry = loop.getLoopPreheader();
  llvm::SCEVExpander expander(evolution_, "index");
  llvm::IRBuilder<> ir(entry->getTerminator());
  llvm::Type* const type = ir.getInt64Ty();
  llvm::Value* const start = expander.expandCodeFor(wide(counter.start), type, entry->getTerminator());
  llvm::Value* const step = expander.expandCodeFor(stride(counter), type, entry->getTerminator());

  ir.SetInsertPoint(loop.getHeader(), loop.getHeader()->begin());
  llvm::PHINode* const index = ir.CreatePHI(type, 2, "index");
  ir.SetInsertPoint(loop.getLoopLatch()->getTerminator());
  // The counter after the last iteration may be below 0; it is not used.
  llvm::Value* const next = counter.countsDown() ? ir.CreateNSWSub(index, step, "index.next")
                                                 : ir.CreateAdd(index, step, "index.next", true, true);
  index->addIncoming(start, entry);
  index->addIncoming(next, loop.getLoopLatch());
  for (const Counter::Use& use : counter.uses) {
    auto* const old = llvm::dyn_cast_or_null<llvm::Instruction>(use.index);
    if (!old) continue;
    ir.SetInsertPoint(old);
    llvm::Value* const value =
        use.distance == 0
            ? index
            : ir.CreateAdd(index, ir.getInt64(static_cast<uint64_t>(use.distance)), "", true, true);
    old->replaceAllUsesWith(value);
    llvm::RecursivelyDeleteTriviallyDeadInstructions(old);
  }
}

bool IndexWidening::run(llvm::Loop& loop) {
  if (!loop.isInnermost() || !loop.isLoopSimplifyForm() || !loop.isLCSSAForm(dominators_)) return false;
  if (!loop.isSafeToClone() || sizeOf(loop) > kMaxInstructions) return false;
  const Counters counters = countersOf(loop);
  const llvm::SmallVector<LoopArray, 4> arrays = arraysToSeparate(loop, evolution_);
  if (counters.empty() && arrays.empty()) return false;
  llvm::SmallVector<const llvm::SCEVPredicate*, 4> assumptions;
  const llvm::SCEV* const iterations =
      evolution_.getPredicatedSymbolicMaxBackedgeTakenCount(&loop, assumptions);
  if (llvm::isa<llvm::SCEVCouldNotCompute>(iterations)) return false;

  const Checks checks = checksOf(counters, arrays, iterations);
  if (!checks.empty() || !assumptions.empty()) {
    llvm::Value* const holds = expand(loop, checks, assumptions);
    if (!holds) return false;
    makeVersions(loop, holds);
  }
  if (!arrays.empty()) markApart(arrays);
  for (const Counter& counter : counters) widen(loop, counter);
  evolution_.forgetTopmostLoop(&loop);
  return true;
}

}  // namespace

llvm::PreservedAnalyses IndexWideningPass::run(llvm::Function& function,
                                               llvm::FunctionAnalysisManager& analyses) {
  auto& loops = analyses.getResult<llvm::LoopAnalysis>(function);
  if (loops.empty()) return llvm::PreservedAnalyses::all();
  auto& dominators = analyses.getResult<llvm::DominatorTreeAnalysis>(function);
  auto& evolution = analyses.getResult<llvm::ScalarEvolutionAnalysis>(function);
  IndexWidening widening(loops, dominators, evolution);
  bool changed = false;
  for (llvm::Loop* loop : loops.getLoopsInPreorder()) changed |= widening.run(*loop);
  if (!changed) return llvm::PreservedAnalyses::all();
  llvm::PreservedAnalyses preserved;
  preserved.preserve<llvm::LoopAnalysis>();
  preserved.preserve<llvm::DominatorTreeAnalysis>();
  return preserved;
}

}  // namespace wasmc::compiler
