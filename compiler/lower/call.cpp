#include "lower/handlers.h"

namespace wasmc::compiler {
namespace {

// What a call needs: the code, and its first argument.
struct Callee {
  llvm::Value* code;
  llvm::Value* context;
};

Callee callee(FunctionContext& f, uint32_t function) {
  if (!f.wasm().functions[function].imported) return {f.module().declare(function), f.instance()};
  // A host function or one of another instance; both are bound before the instance runs.
  const uint64_t ref = f.module().layout().import(function) + fields::ImportSlot::ref.offset;
  return {f.loadInvariant(f.ir().getPtrTy(), ref + fields::FuncRef::code.offset),
          f.loadInvariant(f.ir().getPtrTy(), ref + fields::FuncRef::context.offset)};
}

// Takes the element out of the table and traps unless it is a function of type `type`.
Callee indirectCallee(FunctionContext& f, uint32_t type, uint32_t table) {
  llvm::Value* const entry = tableElement(f, table, f.pop(), abi::TrapCode::UndefinedElement);
  llvm::Value* const found = f.load(entry, fields::TableEntry::type_id);
  llvm::Value* const expected = f.loadInvariant(f.ir().getInt32Ty(), f.module().layout().typeId(type));

  // One comparison on the way to the call: a null element has type id 0, which is no type's.
  const auto mismatch = f.branchIfRarely(f.ir().CreateICmpNE(found, expected), "mismatch");
  f.enter(mismatch.cold);
  f.trapIf(f.ir().CreateIsNull(found), abi::TrapCode::UninitializedElement);
  f.trap(abi::TrapCode::IndirectCallTypeMismatch);
  f.enter(mismatch.next);
  return {f.load(entry, fields::TableEntry::code), f.load(entry, fields::TableEntry::context)};
}

}  // namespace

void lowerCall(FunctionContext& f, const Instr& i) {
  const FuncType& type = f.wasm().functionType(i.index);
  const auto args = f.pop(type.params.size());
  const Callee to = callee(f, i.index);
  f.callWasm(type, to.code, to.context, args);
}

void lowerCallIndirect(FunctionContext& f, const Instr& i) {
  const FuncType& type = f.wasm().types[i.index];
  const Callee to = indirectCallee(f, i.index, i.index2);
  const auto args = f.pop(type.params.size());
  f.callWasm(type, to.code, to.context, args);
}

}  // namespace wasmc::compiler
