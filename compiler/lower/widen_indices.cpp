#include "lower/widen_indices.h"

#include "lower/function_context.h"

#include <llvm/Analysis/AssumptionCache.h>
#include <llvm/Analysis/DomTreeUpdater.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/Analysis/ScalarEvolutionExpressions.h>
#include <llvm/Analysis/TargetLibraryInfo.h>
#include <llvm/Analysis/TargetTransformInfo.h>
#include <llvm/Analysis/ValueTracking.h>
#include <llvm/IR/Dominators.h>
#include <llvm/Transforms/Utils/BasicBlockUtils.h>
#include <llvm/Transforms/Utils/ScalarEvolutionExpander.h>

#include <optional>

namespace wasmc::compiler {
namespace {

// No memory has bytes in [2^32 - kSlack, 2^32).
constexpr int64_t kSlack = int64_t{1} << 32 - abi::kMaxMemorySize;

// Indices of one loop with the same step, at constant distances from each other.
struct Counter {
  struct Use {
    llvm::ZExtInst* index;
    int64_t distance;  // from `start`
  };
  bool proven;             // or else to be checked
  const llvm::SCEV* start;  // of the smallest index: i64, or i32 where it is not proven
  int64_t step;
  llvm::SmallVector<Use, 4> uses;

  int64_t reach() const { return llvm::max_element(uses, [](auto& a, auto& b) { return a.distance < b.distance; })->distance; }
};

class IndexWidening {
 public:
  explicit IndexWidening(FunctionContext& f);
  void run();

 private:
  llvm::SmallVector<Counter, 4> countersOf(llvm::Loop& loop);
  void addTo(llvm::SmallVectorImpl<Counter>& counters, llvm::ZExtInst* index, const llvm::SCEV* recurrence);

  // Checks before a loop.
  bool makesAllIterations(llvm::Loop& loop);
  bool accessedAlways(llvm::Loop& loop, llvm::ZExtInst* index);
  bool canCheck(llvm::Loop& loop, const Counter& counter);
  void check(llvm::Loop& loop, const Counter& counter);

  void makeCounter(llvm::Loop& loop, const Counter& counter);
  llvm::Value* expand(const llvm::SCEV* value, llvm::Type* type, llvm::Instruction* before);

  FunctionContext& f_;
  llvm::TargetLibraryInfoImpl library_implementation_;
  llvm::TargetLibraryInfo library_;
  llvm::AssumptionCache assumptions_;
  llvm::DominatorTree dominators_;
  llvm::LoopInfo loops_;
  llvm::ScalarEvolution evolution_;
  llvm::TargetTransformInfo costs_;
};
