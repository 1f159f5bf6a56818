// The arrays that a loop goes through.
#ifndef WASMC_COMPILER_CODEGEN_LOOP_ARRAYS_H
#define WASMC_COMPILER_CODEGEN_LOOP_ARRAYS_H

#include <llvm/ADT/SmallVector.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>

namespace wasmc::compiler {

// Accesses at base + index, of which the indices have the same step and constant distances. All of guest
// memory is one object to LLVM, so what tells arrays apart is that their distance is not constant.
struct LoopArray {
  struct Access {
    llvm::Instruction* instruction;
    int64_t distance;  // from `start`, in bytes
  };
  llvm::Value* base;
  const llvm::SCEV* start;  // i64
  const llvm::SCEV* step;   // i64, null where the index does not change
  llvm::SmallVector<Access, 4> accesses;
  int64_t low = 0;  // the accesses of an iteration lie in [start + low, start + high)
  int64_t high = 0;
  bool written = false;
};

// Two alternatives, of which one must hold before the loop: left <= right, unsigned, in i64.
struct Disjoint {
  const llvm::SCEV *left1, *right1;
  const llvm::SCEV *left2, *right2;
};

// The arrays of a loop that only accesses memory through them, if knowing that they are apart would help:
// there is something to tell apart, and the vectoriser can not do so itself, because it compares pointers and
// not arrays, and two pointers into one array always overlap. Empty otherwise.
llvm::SmallVector<LoopArray, 4> arraysToSeparate(llvm::Loop& loop, llvm::ScalarEvolution& evolution);

// What has to hold for the arrays to be apart, for a loop that goes back `iterations` (i64) times at most.
llvm::SmallVector<Disjoint, 4> apart(llvm::ArrayRef<LoopArray> arrays, const llvm::SCEV* iterations,
                                     llvm::ScalarEvolution& evolution);

// Notes on the accesses that the arrays are apart.
void markApart(llvm::ArrayRef<LoopArray> arrays);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_CODEGEN_LOOP_ARRAYS_H
