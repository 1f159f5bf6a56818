#include "lower/handlers.h"

#include <optional>

namespace wasmc::compiler {
namespace {

// The value of a global that never has another one, where the module itself says it.
llvm::Constant* constantValue(FunctionContext& f, const Global& global) {
  if (global.imported || global.type.is_mutable || global.init.size() != 1) return nullptr;
  using Op = abi::ConstInstr::Op;
  const abi::ConstInstr& c = global.init.front();
  llvm::LLVMContext& context = f.module().context();
  switch (c.op) {
    case Op::I32Const: return f.i32(static_cast<uint32_t>(c.bits));
    case Op::I64Const: return f.i64(c.bits);
    case Op::F32Const:
      return llvm::ConstantFP::get(context,
                                   llvm::APFloat(llvm::APFloat::IEEEsingle(), llvm::APInt(32, c.bits)));
    case Op::F64Const:
      return llvm::ConstantFP::get(context,
                                   llvm::APFloat(llvm::APFloat::IEEEdouble(), llvm::APInt(64, c.bits)));
    case Op::V128Const:
      return llvm::ConstantExpr::getBitCast(
          llvm::ConstantDataVector::get(context, llvm::ArrayRef<uint64_t>{c.bits, c.bits_hi}),
          f.lower(ValType::v128()));
    case Op::RefNull: return llvm::ConstantPointerNull::get(f.ir().getPtrTy());
    default: return nullptr;
  }
}

llvm::Value* globalAddress(FunctionContext& f, uint32_t index) {
  const uint32_t imported = f.wasm().imported_globals;
  const abi::InstanceLayout& layout = f.module().layout();
  if (index < imported) return f.loadInvariant(f.ir().getPtrTy(), layout.importedGlobal(index));
  return f.instanceField(layout.definedGlobal(index - imported));
}

}  // namespace

void lowerDrop(FunctionContext& f) { f.pop(); }

void lowerSelect(FunctionContext& f) {
  llvm::Value* const condition = f.popCondition();
  llvm::Value* const otherwise = f.pop();
  llvm::Value* const then = f.pop();
  f.push(f.ir().CreateSelect(condition, then, otherwise));
}

void lowerLocalGet(FunctionContext& f, const Instr& i) {
  llvm::AllocaInst* slot = f.local(i.index);
  f.push(f.ir().CreateLoad(slot->getAllocatedType(), slot));
}

void lowerLocalSet(FunctionContext& f, const Instr& i) { f.setLocal(i.index, f.pop()); }

void lowerLocalTee(FunctionContext& f, const Instr& i) { f.setLocal(i.index, f.top(1).front()); }

void lowerGlobalGet(FunctionContext& f, const Instr& i) {
  const Global& global = f.wasm().globals[i.index];
  if (llvm::Constant* known = constantValue(f, global)) return f.push(known);
  // Slots are 16 bytes, aligned to 16, whatever the type (abi::Value).
  llvm::LoadInst* value = f.ir().CreateAlignedLoad(f.lower(global.type.type), globalAddress(f, i.index),
                                                   llvm::Align(alignof(abi::Value)));
  if (global.type.is_mutable) {
    value->setMetadata(llvm::LLVMContext::MD_tbaa, f.module().globalTag(i.index));
  } else {
    value->setMetadata(llvm::LLVMContext::MD_tbaa, f.module().tag(AliasClass::Invariant));
    value->setMetadata(llvm::LLVMContext::MD_invariant_load, llvm::MDNode::get(f.module().context(), {}));
  }
  f.push(value);
}

void lowerGlobalSet(FunctionContext& f, const Instr& i) {
  llvm::StoreInst* store =
      f.ir().CreateAlignedStore(f.pop(), globalAddress(f, i.index), llvm::Align(alignof(abi::Value)));
  store->setMetadata(llvm::LLVMContext::MD_tbaa, f.module().globalTag(i.index));
}

}  // namespace wasmc::compiler
