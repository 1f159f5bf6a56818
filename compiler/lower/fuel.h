// Fuel: how much a store's guest code may still execute.
//
// What is counted is the WebAssembly code itself, so the count is the same on every machine and at every
// level of optimisation: it is fixed here, before LLVM sees anything. An instruction costs one unit, nothing
// if it only structures code (`fuelCost`). A block of straight-line code is paid for as a whole where it
// begins; blocks begin at a function's start, at `loop`, and behind `if`, `else`, `catch`, `end` and `br_if`.
// Calls do not end a block, so what a trap or an exception leaves undone has been paid for, too. Bulk
// operations cost more, in proportion to their length.
//
// Where a function or an iteration of a loop begins, and before bulk operations, fuel that went below zero is
// a trap. Every cycle of a program goes through one of these, so a program ends at most one block-free path
// after its fuel did.
//
// The fuel lives in the store (StoreHead::fuel). A function keeps it in a slot, which becomes a register, and
// writes it back where others may look: before calls, traps and returns.
#ifndef WASMC_COMPILER_LOWER_FUEL_H
#define WASMC_COMPILER_LOWER_FUEL_H

#include "frontend/opcode.h"

#include <llvm/IR/Instructions.h>

#include <cstdint>

namespace wasmc::compiler {

class FunctionContext;

// 0 or 1.
uint64_t fuelCost(Opcode op);

// Does nothing where the options do not ask for it.
class FuelMeter {
 public:
  explicit FuelMeter(FunctionContext& function) : f_(function) {}

  void enterFunction();
  void leaveFunction();
  // To be called before and after each instruction is lowered.
  void count(Opcode op);
  void lowered(Opcode op);
  // Takes length >> shift; traps if that is more than is left.
  void takeFor(llvm::Value* length, unsigned shift);

  void writeBack();
  void readAgain();

 private:
  bool on() const;
  void beginBlock();
  void endBlock();
  llvm::Value* take(llvm::Value* units);
  void trapIfSpent(llvm::Value* left);

  FunctionContext& f_;
  llvm::AllocaInst* slot_ = nullptr;
  llvm::BinaryOperator* block_ = nullptr;  // pays for the current block
  uint64_t cost_ = 0;                      // of the current block, so far
};

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_LOWER_FUEL_H
