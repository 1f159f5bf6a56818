// Tables and references. A funcref value is a pointer to a FuncRef; an element of a function table holds a
// copy of what a call needs from it (abi::TableEntry). Other references are pointers in arrays of pointers.
#include "lower/handlers.h"

namespace wasmc::compiler {
namespace {

const TableType& tableType(FunctionContext& f, uint32_t table) { return f.wasm().tables[table].type; }

// A table index or length in the width that the table has.
llvm::Value* fromI64(FunctionContext& f, uint32_t table, llvm::Value* value) {
  return tableType(f, table).limits.is64 ? value : f.ir().CreateTrunc(value, f.ir().getInt32Ty());
}

llvm::Value* elementOfReferences(FunctionContext& f, llvm::Value* element, llvm::Value* stored) {
  llvm::Instruction* access;
  if (stored) {
    access = f.ir().CreateStore(stored, element);
  } else {
    access = f.ir().CreateLoad(f.ir().getPtrTy(), element);
  }
  access->setMetadata(llvm::LLVMContext::MD_tbaa, f.module().tag(AliasClass::TableEntry));
  return access;
}

}  // namespace

llvm::Value* tableElement(FunctionContext& f, uint32_t table, llvm::Value* index,
                          abi::TrapCode out_of_bounds) {
  llvm::Value* const instance = f.table(table);
  llvm::Value* const at = f.toI64(index);
  const Table& declared = f.wasm().tables[table];
  llvm::Value* const size =
      declared.fixed() ? f.i64(declared.type.limits.min) : f.load(instance, fields::TableInstance::size);
  f.trapIf(f.ir().CreateICmpUGE(at, size), out_of_bounds);
  llvm::Value* const elements = f.load(instance, fields::TableInstance::elements, declared.fixed());
  const uint64_t element_size =
      tableType(f, table).element.isFuncRef() ? sizeof(abi::TableEntry) : sizeof(void*);
  llvm::Type* const element = llvm::ArrayType::get(f.ir().getInt8Ty(), element_size);
  return f.ir().CreateGEP(element, elements, at, "",
                          llvm::GEPNoWrapFlags::inBounds() | llvm::GEPNoWrapFlags::noUnsignedWrap());
}

void lowerTableGet(FunctionContext& f, const Instr& i) {
  llvm::Value* const element = tableElement(f, i.index, f.pop(), abi::TrapCode::TableOutOfBounds);
  if (tableType(f, i.index).element.isFuncRef()) {
    f.push(f.load(element, fields::TableEntry::ref));
  } else {
    f.push(elementOfReferences(f, element, nullptr));
  }
}

void lowerTableSet(FunctionContext& f, const Instr& i) {
  llvm::Value* const value = f.pop();
  llvm::Value* const element = tableElement(f, i.index, f.pop(), abi::TrapCode::TableOutOfBounds);
  if (!tableType(f, i.index).element.isFuncRef()) {
    elementOfReferences(f, element, value);
    return;
  }
  // No branch on null: its parts are read from a FuncRef of zeros.
  llvm::Value* const source =
      f.ir().CreateSelect(f.ir().CreateIsNull(value), f.module().nullFuncRef(), value);
  f.store(f.load(source, fields::FuncRef::code), element, fields::TableEntry::code);
  f.store(f.load(source, fields::FuncRef::context), element, fields::TableEntry::context);
  f.store(f.load(source, fields::FuncRef::type_id), element, fields::TableEntry::type_id);
  f.store(value, element, fields::TableEntry::ref);
}

void lowerTableSize(FunctionContext& f, const Instr& i) {
  f.push(fromI64(f, i.index, f.load(f.table(i.index), fields::TableInstance::size)));
}

void lowerTableGrow(FunctionContext& f, const Instr& i) {
  llvm::Value* const delta = f.toI64(f.pop());
  llvm::Value* const value = f.pop();
  llvm::Value* const old = f.callBuiltin(abi::Builtin::table_grow, {f.i32(i.index), value, delta});
  f.push(fromI64(f, i.index, old));
}

void lowerTableFill(FunctionContext& f, const Instr& i) {
  const auto operands = f.pop(3);
  f.fuel().takeFor(f.toI64(operands[2]), 0);
  f.callBuiltin(abi::Builtin::table_fill,
                {f.i32(i.index), f.toI64(operands[0]), operands[1], f.toI64(operands[2])});
}

void lowerTableCopy(FunctionContext& f, const Instr& i) {
  const auto operands = f.pop(3);
  f.fuel().takeFor(f.toI64(operands[2]), 0);
  f.callBuiltin(abi::Builtin::table_copy, {f.i32(i.index), f.i32(i.index2), f.toI64(operands[0]),
                                           f.toI64(operands[1]), f.toI64(operands[2])});
}

void lowerTableInit(FunctionContext& f, const Instr& i) {
  const auto operands = f.pop(3);
  f.fuel().takeFor(f.toI64(operands[2]), 0);
  f.callBuiltin(abi::Builtin::table_init, {f.i32(i.index2), f.i32(i.index), f.toI64(operands[0]),
                                           f.toI64(operands[1]), f.toI64(operands[2])});
}

void lowerElemDrop(FunctionContext& f, const Instr& i) {
  f.callBuiltin(abi::Builtin::elem_drop, {f.i32(i.index)});
}

void lowerRefNull(FunctionContext& f) { f.push(llvm::ConstantPointerNull::get(f.ir().getPtrTy())); }

void lowerRefIsNull(FunctionContext& f) {
  f.push(f.ir().CreateZExt(f.ir().CreateIsNull(f.pop()), f.ir().getInt32Ty()));
}

void lowerRefFunc(FunctionContext& f, const Instr& i) {
  const abi::InstanceLayout& layout = f.module().layout();
  if (f.wasm().functions[i.index].imported) {
    f.push(f.instanceField(layout.import(i.index) + fields::ImportSlot::ref.offset));
  } else {
    f.push(f.instanceField(layout.funcRef(f.module().funcRef(i.index))));
  }
}

}  // namespace wasmc::compiler
