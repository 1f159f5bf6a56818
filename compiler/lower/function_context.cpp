#include "lower/function_context.h"

#include "lower/late_code.h"

#include <llvm/IR/Intrinsics.h>
#include <llvm/IR/MDBuilder.h>

namespace wasmc::compiler {

FunctionContext::FunctionContext(ModuleContext& module, uint32_t index,
                                 std::span<const FunctionVisitor::LocalRun> locals)
    : module_(module),
      type_(module.wasm().functionType(index)),
      register_prototype_(module.wasm().functions[index].tail),
      function_(*module.define(index)),
      ir_(module.context()),
      entry_(llvm::BasicBlock::Create(module.context(), "entry", &function_)),
      fuel_(*this) {
  ir_.SetInsertPoint(entry_);
  bindLocals(locals);
  if (auto info = module_.takeDebugInfo()) debug_values_.emplace(*this, std::move(info));

  // The body starts in a block of its own: it may be a loop, and the entry block takes what is found later.
  llvm::BasicBlock* body = createBlock("body");
  entry_end_ = ir_.CreateBr(body);
  enter(body);

  Label outermost{.kind = Label::Kind::Function, .target = createBlock("return")};
  for (ValType r : type_.results) outermost.results.push_back(lower(r));
  addPhis(outermost, outermost.results);
  pushLabel(std::move(outermost));
  locate(module.wasm().functions[index].body_offset);
  if (wantsLateCode(module.options())) markForLateCode(ir_, function_);
  fuel_.enterFunction();
}

void FunctionContext::bindLocals(std::span<const FunctionVisitor::LocalRun> locals) {
  TailConvention::Values args;
  if (register_prototype_) {
    args = module_.tails().unpack(ir_, type_, function_);
  } else {
    for (llvm::Argument& arg : function_.args()) args.push_back(&arg);
  }
  if (resultsThroughPointer(type_)) results_pointer_ = args.pop_back_val();
  for (const auto [param, type] : llvm::zip_equal(llvm::ArrayRef(args).drop_front(), type_.params)) {
    locals_.push_back(ir_.CreateAlloca(lower(type)));
    ir_.CreateStore(ir_.CreateBitCast(param, lower(type)), locals_.back());
  }
  for (const FunctionVisitor::LocalRun& run : locals) {
    llvm::Type* const type = lower(run.type);
    for (uint32_t i = 0; i < run.count; ++i) {
      locals_.push_back(ir_.CreateAlloca(type));
      ir_.CreateStore(llvm::Constant::getNullValue(type), locals_.back());
    }
  }
}

void FunctionContext::locate(uint64_t offset) {
  llvm::DISubprogram* scope = function_.getSubprogram();
  if (!scope) return;
  ir_.SetCurrentDebugLocation(debug_values_ ? debug_values_->info().locationAt(offset)
                                            : module_.locationAt(offset, scope));
  if (debug_values_) debug_values_->advance(offset);
}

void FunctionContext::locate(const Instr& instr) {
  locate(instr.offset);
  // gdb takes a function's second location for the place where its arguments have been stored. LLVM wants one
  // of calls.
  const bool prologue = debug_values_ && instr.offset < debug_values_->info().body;
  const bool call = instr.op == Opcode::Call || instr.op == Opcode::ReturnCall;
  if (prologue && !call) ir_.SetCurrentDebugLocation({});
}

void FunctionContext::setLocal(uint32_t index, llvm::Value* value) {
  ir_.CreateStore(value, locals_[index]);
  if (debug_values_) debug_values_->localChanged(index);
}

llvm::SmallVector<llvm::Value*, 4> FunctionContext::pop(size_t count) {
  llvm::SmallVector<llvm::Value*, 4> values(top(count));
  shrink(height() - count);
  return values;
}

llvm::Value* FunctionContext::popCondition() {
  llvm::Value* const value = pop();
  // A comparison's result was widened to i32 just before.
  if (auto* widened = llvm::dyn_cast<llvm::ZExtInst>(value); widened && widened->getSrcTy()->isIntegerTy(1)) {
    return widened->getOperand(0);
  }
  return ir_.CreateIsNotNull(value);
}

llvm::BasicBlock* FunctionContext::createBlock(const char* name) {
  return llvm::BasicBlock::Create(module_.context(), name);
}

void FunctionContext::enter(llvm::BasicBlock* block) {
  block->insertInto(&function_);
  ir_.SetInsertPoint(block, block->end());
}

void FunctionContext::addPhis(Label& label, llvm::ArrayRef<llvm::Type*> types) {
  for (llvm::Type* type : types) {
    label.phis.push_back(llvm::PHINode::Create(type, 2, "", label.target));
  }
}

void FunctionContext::addEdge(Label& label) {
  for (auto [phi, value] : llvm::zip_equal(label.phis, top(label.phis.size()))) {
    phi->addIncoming(value, ir_.GetInsertBlock());
  }
}

void FunctionContext::finish(uint64_t offset, bool falls_through) {
  locate(offset);
  Label outermost = popLabel();
  if (falls_through && reachable()) {
    addEdge(outermost);
    ir_.CreateBr(outermost.target);
  }
  enter(outermost.target);
  fuel_.leaveFunction();

  llvm::ArrayRef<llvm::PHINode*> results = outermost.phis;
  if (results.empty()) {
    ir_.CreateRetVoid();
  } else if (results.size() == 1) {
    ir_.CreateRet(ir_.CreateBitCast(results[0], function_.getReturnType()));
  } else if (!resultsThroughPointer(type_)) {
    llvm::SmallVector<llvm::Value*, 2> both;
    for (const auto [result, passed] : llvm::zip_equal(results, function_.getReturnType()->subtypes()))
      both.push_back(ir_.CreateBitCast(result, passed));
    ir_.CreateAggregateRet(both.data(), static_cast<unsigned>(both.size()));
  } else {
    for (size_t i = 0; i < results.size(); ++i) {
      ir_.CreateAlignedStore(results[i], fieldAddress(ir_, results_pointer_, i * sizeof(abi::Value)),
                             llvm::Align(16));
    }
    ir_.CreateRetVoid();
  }
}

void FunctionContext::trap(abi::TrapCode code) {
  fuel_.writeBack();
  module_.trap(ir_, instance(), code);
  leave();
}

FunctionContext::ColdBranch FunctionContext::branchIfRarely(llvm::Value* condition, const char* name) {
  ColdBranch branch{createBlock(name), createBlock("next")};
  ir_.CreateCondBr(condition, branch.cold, branch.next, module_.unlikely());
  return branch;
}

void FunctionContext::trapIf(llvm::Value* condition, abi::TrapCode code) {
  if (auto* known = llvm::dyn_cast<llvm::ConstantInt>(condition); known && known->isZero()) return;
  const ColdBranch branch = branchIfRarely(condition, "trap");
  enter(branch.cold);
  trap(code);
  enter(branch.next);
}

llvm::Value* FunctionContext::load(llvm::Value* object, const Field& field, bool fixed) {
  return module_.loadField(ir_, object, field, fixed);
}

void FunctionContext::store(llvm::Value* value, llvm::Value* object, const Field& field) {
  assert(field.access == Field::Access::MUTABLE && "generated code writes mutable fields only");
  llvm::StoreInst* store = ir_.CreateStore(value, fieldAddress(ir_, object, field.offset));
  store->setMetadata(llvm::LLVMContext::MD_tbaa, module_.tag(field.aliasClass()));
}

llvm::Value* FunctionContext::loadInvariant(llvm::Type* type, uint64_t instance_offset) {
  llvm::LoadInst* value = ir_.CreateLoad(type, instanceField(instance_offset));
  value->setMetadata(llvm::LLVMContext::MD_tbaa, module_.tag(AliasClass::Invariant));
  value->setMetadata(llvm::LLVMContext::MD_invariant_load, llvm::MDNode::get(module_.context(), {}));
  return value;
}

llvm::Value* FunctionContext::memory(uint32_t index) {
  const uint32_t imported = wasm().imported_memories;
  if (index < imported) return loadInvariant(ir_.getPtrTy(), module_.layout().importedMemory(index));
  return instanceField(module_.layout().definedMemory(index - imported));
}

llvm::Value* FunctionContext::memoryBase(uint32_t index) {
  llvm::Value*& base = bases_[index];
  if (base) return base;
  // In the entry block, so that it is there for every access. Where it is not needed on the hot path, LLVM
  // may sink it: nothing that it loads from ever changes.
  llvm::IRBuilder<>::InsertPointGuard guard(ir_);
  ir_.SetInsertPoint(entry_end_);
  ir_.SetCurrentDebugLocation({});
  base = load(memory(index), fields::MemoryInstance::base);
  base->setName("base");
  return base;
}

llvm::Value* FunctionContext::table(uint32_t index) {
  const uint32_t imported = wasm().imported_tables;
  if (index < imported) return loadInvariant(ir_.getPtrTy(), module_.layout().importedTable(index));
  return instanceField(module_.layout().definedTable(index - imported));
}

llvm::Value* FunctionContext::call(llvm::Intrinsic::ID id, llvm::ArrayRef<llvm::Type*> types,
                                   llvm::ArrayRef<llvm::Value*> args) {
  return ir_.CreateIntrinsic(id, types, args);
}

llvm::Value* FunctionContext::toI64(llvm::Value* index) { return ir_.CreateZExt(index, ir_.getInt64Ty()); }

llvm::AllocaInst* FunctionContext::createSlot(llvm::Type* type, const char* name) {
  llvm::IRBuilder<>::InsertPointGuard guard(ir_);
  ir_.SetInsertPoint(entry_, entry_->begin());
  return ir_.CreateAlloca(type, nullptr, name);
}

}  // namespace wasmc::compiler
