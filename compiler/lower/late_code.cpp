#include "lower/late_code.h"

#include "support/symbols.h"

#include <llvm/IR/Intrinsics.h>

namespace wasmc::compiler {
namespace {

// A function of the instance, whose body is a sequence of checks.
class Checks {
 public:
  Checks(ModuleContext& module, const char* symbol) : module_(module), ir_(module.context()) {
    auto* type = llvm::FunctionType::get(ir_.getVoidTy(), {ir_.getPtrTy()}, false);
    // Nobody calls it yet, and no pass may take it for unused.
    function_ = llvm::Function::Create(type, llvm::GlobalValue::WeakODRLinkage, symbol, module.target());
    function_->setVisibility(llvm::GlobalValue::HiddenVisibility);
    function_->setDoesNotThrow();
    ir_.SetInsertPoint(llvm::BasicBlock::Create(module.context(), "entry", function_));
    store_ = module.loadField(ir_, instance(), fields::InstanceHeader::store);
  }

  // The stack pointer is below its frame already. The frame is at most kLargestFrame, and the limit leaves
  // room for that.
  void stack() {
    const char* name = module_.target().getTargetTriple().isX86() ? "rsp" : "sp";
    auto* reg = llvm::MDNode::get(module_.context(), {llvm::MDString::get(module_.context(), name)});
    llvm::Value* const pointer = ir_.CreateIntrinsic(llvm::Intrinsic::read_register, {ir_.getInt64Ty()},
                                                     {llvm::MetadataAsValue::get(module_.context(), reg)});
    llvm::Value* const limit = module_.loadField(ir_, store_, fields::StoreHead::frame_limit);
    trapIf(ir_.CreateICmpULT(pointer, limit), abi::TrapCode::StackExhausted);
  }

  void epoch() {
    llvm::Value* const where = module_.loadField(ir_, store_, fields::StoreHead::epoch);
    llvm::LoadInst* now = ir_.CreateAlignedLoad(ir_.getInt64Ty(), where, llvm::Align(8));
    now->setAtomic(llvm::AtomicOrdering::Monotonic);
    llvm::Value* const deadline = module_.loadField(ir_, store_, fields::StoreHead::epoch_deadline);
    trapIf(ir_.CreateICmpUGE(now, deadline), abi::TrapCode::Interrupted);
  }

  void finish() { ir_.CreateRetVoid(); }

 private:
  llvm::Value* instance() { return function_->getArg(0); }

  void trapIf(llvm::Value* condition, abi::TrapCode code) {
    auto* trap = llvm::BasicBlock::Create(module_.context(), "trap", function_);
    auto* next = llvm::BasicBlock::Create(module_.context(), "next", function_);
    ir_.CreateCondBr(condition, trap, next, module_.unlikely());
    ir_.SetInsertPoint(trap);
    module_.trap(ir_, instance(), code);
    ir_.SetInsertPoint(next);
  }

  ModuleContext& module_;
  llvm::IRBuilder<> ir_;
  llvm::Function* function_;
  llvm::Value* store_;
};

}  // namespace

bool wantsLateCode(const LowerOptions& options) {
  return options.epochs || options.bounds == BoundsChecks::Explicit;
}

void lowerLateCode(ModuleContext& module) {
  const LowerOptions& options = module.options();
  if (!wantsLateCode(options)) return;
  Checks at_entry(module, kAtEntrySymbol);
  if (options.bounds == BoundsChecks::Explicit) at_entry.stack();
  if (options.epochs) at_entry.epoch();
  at_entry.finish();
  if (!options.epochs) return;
  Checks in_loops(module, kInLoopsSymbol);
  in_loops.epoch();
  in_loops.finish();
}

void markForLateCode(llvm::IRBuilder<>& ir, llvm::Function& function) {
  function.addFnAttr(kLateCodeAttribute);
  ir.CreateIntrinsic(ir.getVoidTy(), llvm::Intrinsic::fake_use, {function.getArg(0)});
}

}  // namespace wasmc::compiler
