#include "lower/finish.h"

#include "lower/module_context.h"

#include <llvm/ADT/SetVector.h>
#include <llvm/ADT/SmallPtrSet.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/PatternMatch.h>
#include <llvm/Transforms/Utils/BasicBlockUtils.h>
#include <llvm/Transforms/Utils/PromoteMemToReg.h>

namespace wasmc::compiler {
namespace {

using namespace llvm::PatternMatch;

// Whether LLVM may take `value` for `x` itself, or for x with another sign, where it looks like
// demote(promote(x)) with operations on the sign in between.
bool reachesPromotion(llvm::Value* value, unsigned depth = 4) {
  if (depth == 0) return false;
  auto* instruction = llvm::dyn_cast<llvm::Instruction>(value);
  if (!instruction) return false;
  llvm::Value* inner = nullptr;
  if (match(value, m_FNeg(m_Value(inner))) || match(value, m_FAbs(m_Value(inner))) ||
      match(value, m_CopySign(m_Value(inner), m_Value()))) {
    return reachesPromotion(inner, depth - 1);
  }
  if (llvm::isa<llvm::PHINode, llvm::SelectInst>(instruction)) {
    return llvm::any_of(instruction->operands(),
                        [&](llvm::Value* operand) { return reachesPromotion(operand, depth - 1); });
  }
  return llvm::isa<llvm::FPExtInst>(instruction);
}

// RISC-V has no instructions that round to an integral number; what LLVM makes of several gives a NaN back as
// it is.
bool roundsInSteps(llvm::Instruction& i) {
  if (!i.getModule()->getTargetTriple().isRISCV64()) return false;
  switch (auto* call = llvm::dyn_cast<llvm::IntrinsicInst>(&i); call ? call->getIntrinsicID() : 0) {
    case llvm::Intrinsic::ceil:
    case llvm::Intrinsic::floor:
    case llvm::Intrinsic::trunc:
    case llvm::Intrinsic::roundeven: return true;
    default: return false;
  }
}

bool foldsToOperand(llvm::Instruction& i) {
  const auto unit = m_CombineOr(m_SpecificFP(1.0), m_SpecificFP(-1.0));
  const auto infinity = m_Inf();
  switch (i.getOpcode()) {
    case llvm::Instruction::FMul: return match(&i, m_c_FMul(m_Value(), unit));
    case llvm::Instruction::FDiv: return match(i.getOperand(1), unit);
    case llvm::Instruction::FAdd: return match(&i, m_c_FAdd(m_Value(), m_AnyZeroFP()));
    case llvm::Instruction::FSub:
      return match(i.getOperand(0), m_AnyZeroFP()) || match(i.getOperand(1), m_AnyZeroFP());
    case llvm::Instruction::FPTrunc: return reachesPromotion(i.getOperand(0));
    case llvm::Instruction::Call: {
      auto* call = llvm::dyn_cast<llvm::IntrinsicInst>(&i);
      if (!call) return false;
      const auto id = call->getIntrinsicID();
      if (id != llvm::Intrinsic::minimum && id != llvm::Intrinsic::maximum) return false;
      llvm::Value* const a = call->getArgOperand(0);
      llvm::Value* const b = call->getArgOperand(1);
      return a == b || match(a, infinity) || match(b, infinity);
    }
    default: return false;
  }
}

using Instructions = llvm::SmallPtrSet<llvm::Instruction*, 32>;

// Adds to `found` what its members depend on.
void close(Instructions& found) {
  llvm::SmallVector<llvm::Instruction*, 64> work(found.begin(), found.end());
  while (!work.empty()) {
    for (llvm::Value* operand : work.pop_back_val()->operands()) {
      auto* i = llvm::dyn_cast<llvm::Instruction>(operand);
      if (i && found.insert(i).second) work.push_back(i);
    }
  }
}

// Everything that something with an effect depends on.
Instructions neededIn(llvm::Function& function) {
  Instructions needed;
  for (llvm::Instruction& i : llvm::instructions(function)) {
    if (i.isTerminator() || i.mayHaveSideEffects()) needed.insert(&i);
  }
  close(needed);
  return needed;
}

bool loadsMemory(ModuleContext& module, const llvm::Instruction& i) {
  return llvm::isa<llvm::LoadInst>(i) && module.isMemoryTag(i.getMetadata(llvm::LLVMContext::MD_tbaa));
}

// The functions whose result comes, in part at least, from a load: of their own, or of a function they call.
llvm::SetVector<llvm::Function*> functionsReturningLoads(ModuleContext& module) {
  llvm::SetVector<llvm::Function*> found;
  llvm::DenseMap<llvm::Function*, llvm::SmallVector<llvm::Function*, 2>> passed_on_by;
  for (llvm::Function& function : module.target()) {
    Instructions result;
    for (llvm::BasicBlock& block : function) {
      auto* end = llvm::dyn_cast_or_null<llvm::ReturnInst>(block.getTerminator());
      if (end && end->getReturnValue()) result.insert(end);
    }
    close(result);
    for (llvm::Instruction* i : result) {
      if (loadsMemory(module, *i)) found.insert(&function);
      auto* call = llvm::dyn_cast<llvm::CallBase>(i);
      if (call && call->getCalledFunction()) passed_on_by[call->getCalledFunction()].push_back(&function);
    }
  }
  for (size_t i = 0; i < found.size(); ++i) {
    for (llvm::Function* caller : passed_on_by.lookup(found[i])) found.insert(caller);
  }
  return found;
}

void pinAllAccesses(ModuleContext& module) {
  for (llvm::Function& function : module.target()) {
    for (llvm::Instruction& i : llvm::instructions(function)) {
      const llvm::MDNode* const tag = i.getMetadata(llvm::LLVMContext::MD_tbaa);
      auto* load = llvm::dyn_cast<llvm::LoadInst>(&i);
      auto* store = llvm::dyn_cast<llvm::StoreInst>(&i);
      if (load && module.isMemoryTag(tag)) load->setVolatile(true);
      // What globals hold after a trap follows the order, too.
      if (store && (module.isMemoryTag(tag) || module.isGlobalTag(tag))) store->setVolatile(true);
    }
  }
}

}  // namespace

void promoteLocals(llvm::Function& function) {
  llvm::EliminateUnreachableBlocks(function);
  llvm::SmallVector<llvm::AllocaInst*, 32> slots;
  for (llvm::Instruction& i : function.getEntryBlock()) {
    auto* slot = llvm::dyn_cast<llvm::AllocaInst>(&i);
    if (slot && llvm::isAllocaPromotable(slot)) slots.push_back(slot);
  }
  llvm::DominatorTree dominators(function);
  llvm::PromoteMemToReg(slots, dominators);
}

void pinDroppedLoads(ModuleContext& module) {
  if (module.options().strict_traps) return pinAllAccesses(module);
  const auto returning_loads = functionsReturningLoads(module);
  for (llvm::Function& function : module.target()) {
    const Instructions needed = neededIn(function);
    auto is_needed = [&](llvm::User* u) { return needed.contains(llvm::cast<llvm::Instruction>(u)); };
    for (llvm::Instruction& i : llvm::make_early_inc_range(llvm::instructions(function))) {
      if (loadsMemory(module, i) && !needed.contains(&i)) llvm::cast<llvm::LoadInst>(i).setVolatile(true);
      auto* call = llvm::dyn_cast<llvm::CallBase>(&i);
      if (!call || !returning_loads.contains(call->getCalledFunction())) continue;
      if (llvm::any_of(call->users(), is_needed)) continue;
      const llvm::BasicBlock::iterator after = *call->getInsertionPointAfterDef();
      llvm::IRBuilder<> ir(after->getParent(), after);
      ir.SetCurrentDebugLocation(call->getDebugLoc());
      ir.CreateIntrinsic(ir.getVoidTy(), llvm::Intrinsic::fake_use, {call});
    }
  }
}

void quietNans(llvm::Function& function) {
  llvm::SmallVector<llvm::Instruction*, 8> found;
  for (llvm::Instruction& i : llvm::instructions(function)) {
    if (i.getType()->isFPOrFPVectorTy() && (foldsToOperand(i) || roundsInSteps(i))) found.push_back(&i);
  }
  for (llvm::Instruction* i : found) {
    llvm::IRBuilder<> ir(i->getParent(), std::next(i->getIterator()));
    ir.SetCurrentDebugLocation(i->getDebugLoc());
    llvm::Instruction* quiet = ir.CreateUnaryIntrinsic(llvm::Intrinsic::canonicalize, i);
    i->replaceUsesWithIf(quiet, [&](llvm::Use& use) { return use.getUser() != quiet; });
  }
}

}  // namespace wasmc::compiler
