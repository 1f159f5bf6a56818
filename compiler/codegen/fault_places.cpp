#include "codegen/fault_places.h"

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/Transforms/Utils/Local.h>

namespace wasmc::compiler {
namespace {

// A machine instruction does no more in one: extend, compute, compare, branch.
constexpr unsigned kLongestChain = 4;

// Also what the code generator makes a load of: adding zero, atomically.
bool mayBeFolded(const llvm::Instruction& i) {
  return llvm::isa<llvm::LoadInst, llvm::AtomicRMWInst>(i) && i.getDebugLoc() &&
         !i.hasMetadata(llvm::LLVMContext::MD_invariant_load);
}

// The instruction that `value` may become one with, if nothing else uses it.
llvm::Instruction* onlyUser(llvm::Instruction& value) {
  auto* user = value.hasOneUse() ? llvm::dyn_cast<llvm::Instruction>(value.user_back()) : nullptr;
  return user && user->getParent() == value.getParent() ? user : nullptr;
}

// Whether a fault at `user` can only be that of the load. A store to where the load was from faults after it.
bool neverFaults(const llvm::Instruction& user, const llvm::Instruction& load) {
  if (auto* store = llvm::dyn_cast<llvm::StoreInst>(&user))
    return store->getPointerOperand() == llvm::getLoadStorePointerOperand(&load);
  if (llvm::isa<llvm::CallBase>(user))
    return llvm::isa<llvm::IntrinsicInst>(user) && !user.mayReadOrWriteMemory();
  return llvm::isa<llvm::BranchInst, llvm::SwitchInst>(user) ||
         (!user.isTerminator() && !user.mayReadOrWriteMemory());
}

// The code generator widens 32-bit computations on addresses, zext(and(load, c)) to and(zext(load), c), and
// the extension that it makes, which then is one with the load, has no place. Widened here, there is one.
bool widen(llvm::ZExtInst& extension) {
  llvm::SmallVector<llvm::BinaryOperator*, 4> steps;
  auto* value = llvm::dyn_cast<llvm::Instruction>(extension.getOperand(0));
  while (value && value->hasOneUse() && value->isBitwiseLogicOp() &&
         llvm::isa<llvm::ConstantInt>(value->getOperand(1))) {
    steps.push_back(llvm::cast<llvm::BinaryOperator>(value));
    value = llvm::dyn_cast<llvm::Instruction>(value->getOperand(0));
  }
  if (steps.empty() || !value || !mayBeFolded(*value)) return false;
  llvm::IRBuilder<> ir(value->getNextNode());
  ir.SetCurrentDebugLocation(value->getDebugLoc());
  llvm::Value* wide = ir.CreateZExt(value, extension.getType());
  for (llvm::BinaryOperator* step : llvm::reverse(steps)) {
    ir.SetInsertPoint(step);
    const llvm::APInt constant = llvm::cast<llvm::ConstantInt>(step->getOperand(1))->getValue();
    wide = ir.CreateBinOp(step->getOpcode(), wide,
                          ir.getInt(constant.zext(extension.getType()->getScalarSizeInBits())));
  }
  extension.replaceAllUsesWith(wide);
  return true;
}

void widenAddresses(llvm::Function& function) {
  for (llvm::Instruction& i : llvm::make_early_inc_range(llvm::instructions(function))) {
    auto* extension = llvm::dyn_cast<llvm::ZExtInst>(&i);
    if (!extension || !widen(*extension)) continue;
    llvm::RecursivelyDeleteTriviallyDeadInstructions(extension);
  }
}

}  // namespace

// In program order, because the load that is folded is the last one before the user.
llvm::PreservedAnalyses FaultPlacesPass::run(llvm::Function& function, llvm::FunctionAnalysisManager&) {
  widenAddresses(function);
  for (llvm::Instruction& load : llvm::instructions(function)) {
    if (!mayBeFolded(load)) continue;
    llvm::Instruction* user = onlyUser(load);
    for (unsigned n = 0; user && n < kLongestChain && neverFaults(*user, load); ++n) {
      user->setDebugLoc(load.getDebugLoc());
      user = onlyUser(*user);
    }
  }
  return llvm::PreservedAnalyses::none();
}

}  // namespace wasmc::compiler
