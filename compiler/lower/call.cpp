#include "lower/handlers.h"

namespace wasmc::compiler {
namespace {

uint64_t importedFuncRef(FunctionContext& f, uint32_t function) {
  return f.module().layout().import(function) + fields::ImportSlot::ref.offset;
}

Callee callee(FunctionContext& f, uint32_t function) {
  const Function& known = f.wasm().functions[function];
  if (!known.imported) return {f.module().declare(function), f.instance(), known.tail};
  // A host function or one of another instance; both are bound before the instance runs.
  const uint64_t ref = importedFuncRef(f, function);
  llvm::Type* const pointer = f.ir().getPtrTy();
  return {f.loadInvariant(pointer, ref + fields::FuncRef::code.offset),
          f.loadInvariant(pointer, ref + fields::FuncRef::context.offset)};
}

struct IndirectCallee {
  Callee callee;
  llvm::Value* entry;  // TableEntry*
};

// Takes the element out of the table and traps unless it is a function of type `type`.
IndirectCallee indirectCallee(FunctionContext& f, uint32_t type, uint32_t table) {
  llvm::Value* const entry = tableElement(f, table, f.pop(), abi::TrapCode::UndefinedElement);
  const bool fixed = f.wasm().tables[table].fixed();
  llvm::Value* const found = f.load(entry, fields::TableEntry::type_id, fixed);
  llvm::Value* const expected = f.loadInvariant(f.ir().getInt32Ty(), f.module().layout().typeId(type));

  // One comparison on the way to the call: a null element has type id 0, which is no type's.
  const auto mismatch = f.branchIfRarely(f.ir().CreateICmpNE(found, expected), "mismatch");
  f.enter(mismatch.cold);
  f.trapIf(f.ir().CreateIsNull(found), abi::TrapCode::UninitializedElement);
  f.trap(abi::TrapCode::IndirectCallTypeMismatch);
  f.enter(mismatch.next);
  return {{f.load(entry, fields::TableEntry::code, fixed), f.load(entry, fields::TableEntry::context, fixed)},
          entry};
}

bool needsTailCode(FunctionContext& f, const FuncType& type) {
  return !f.module().tails().fitsRegisters(type);
}

// A tail call that is not a jump.
void returnCallResults(FunctionContext& f, const FuncType& type, const Callee& to,
                       llvm::ArrayRef<llvm::Value*> args) {
  f.callWasm(type, to, args, FunctionContext::Unwind::ToCaller);
  f.addEdge(f.outermostLabel());
  f.ir().CreateBr(f.outermostLabel().target);
  f.leave();
}

// The rest of a tail call. A callee of which `tail_code` is null makes no tail calls itself, so the stack
// that it leaves behind is bounded.
void tailCall(FunctionContext& f, const FuncType& type, const Callee& to, llvm::Value* tail_code,
              llvm::ArrayRef<llvm::Value*> args) {
  f.releaseKept(f.outermostDepth());
  if (!f.module().tails().canTailCall(type)) return returnCallResults(f, type, to, args);
  if (!tail_code) return f.jumpTo(type, to.code, to.context, args);
  const auto without = f.branchIfRarely(f.ir().CreateIsNull(tail_code), "without_tail_code");
  f.enter(without.cold);
  returnCallResults(f, type, to, args);
  f.enter(without.next);
  f.jumpTo(type, tail_code, to.context, args);
}

}  // namespace

void lowerCall(FunctionContext& f, const Instr& i) {
  const FuncType& type = f.wasm().functionType(i.index);
  const auto args = f.pop(type.params.size());
  f.callWasm(type, callee(f, i.index), args);
}

void lowerCallIndirect(FunctionContext& f, const Instr& i) {
  const FuncType& type = f.wasm().types[i.index];
  const Callee to = indirectCallee(f, i.index, i.index2).callee;
  const auto args = f.pop(type.params.size());
  f.callWasm(type, to, args);
}

void lowerReturnCall(FunctionContext& f, const Instr& i) {
  const FuncType& type = f.wasm().functionType(i.index);
  const auto args = f.pop(type.params.size());
  const Callee to = callee(f, i.index);
  llvm::Value* tail_code = nullptr;
  if (!to.register_prototype && needsTailCode(f, type))
    tail_code =
        f.loadInvariant(f.ir().getPtrTy(), importedFuncRef(f, i.index) + fields::FuncRef::tail_code.offset);
  tailCall(f, type, to, tail_code, args);
}

void lowerReturnCallIndirect(FunctionContext& f, const Instr& i) {
  const FuncType& type = f.wasm().types[i.index];
  const IndirectCallee to = indirectCallee(f, i.index, i.index2);
  const auto args = f.pop(type.params.size());
  llvm::Value* tail_code = nullptr;
  if (needsTailCode(f, type))
    tail_code = f.load(f.load(to.entry, fields::TableEntry::ref), fields::FuncRef::tail_code);
  tailCall(f, type, to.callee, tail_code, args);
}

}  // namespace wasmc::compiler
