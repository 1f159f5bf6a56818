#include "lower/thunks.h"

#include "lower/tail.h"
#include "lower/types.h"
#include "support/symbols.h"

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/STLFunctionalExtras.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/TargetParser/Triple.h>

#include <algorithm>
#include <bit>
#include <map>

namespace wasmc::compiler {
namespace {

using Builder = llvm::IRBuilder<>;

llvm::Value* slotAddress(Builder& builder, llvm::Value* values, size_t index, size_t offset = 0) {
  const uint64_t distance = index * sizeof(abi::Value) + offset;
  return distance == 0 ? values : builder.CreateConstInBoundsGEP1_64(builder.getInt8Ty(), values, distance);
}

llvm::Value* loadSlot(Builder& builder, llvm::Value* values, size_t index, llvm::Type* type) {
  return builder.CreateAlignedLoad(type, slotAddress(builder, values, index),
                                   llvm::Align(alignof(abi::Value)));
}

// Zeroes the bytes of a slot above its value.
void clearUpperBytes(Builder& builder, llvm::Value* values, size_t index, ValType type) {
  if (type == ValType::v128()) return;
  if (type == ValType::i32() || type == ValType::f32()) {
    builder.CreateAlignedStore(builder.getInt32(0), slotAddress(builder, values, index, 4), llvm::Align(4));
  }
  builder.CreateAlignedStore(builder.getInt64(0), slotAddress(builder, values, index, 8), llvm::Align(8));
}

void storeSlot(Builder& builder, llvm::Value* values, size_t index, llvm::Value* value, ValType type) {
  const llvm::Align align(alignof(abi::Value));
  builder.CreateAlignedStore(value, slotAddress(builder, values, index), align);
  clearUpperBytes(builder, values, index, type);
}

llvm::Function* createFunction(llvm::Module& target, const std::string& symbol, llvm::FunctionType* type,
                               Builder& builder) {
  auto* f = llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, symbol, target);
  f->setVisibility(llvm::GlobalValue::HiddenVisibility);
  f->setDSOLocal(true);
  setCommonAttributes(*f);
  builder.SetInsertPoint(llvm::BasicBlock::Create(target.getContext(), "entry", f));
  return f;
}

// void(ptr code, ptr context, ptr values), as abi::ArrayCall says.
llvm::Function* lowerArrayCall(llvm::Module& target, const FuncType& type, uint32_t type_index) {
  llvm::LLVMContext& context = target.getContext();
  Builder builder(context);
  llvm::Type* const pointer = builder.getPtrTy();
  auto* signature = llvm::FunctionType::get(builder.getVoidTy(), {pointer, pointer, pointer}, false);
  llvm::Function* f = createFunction(target, arrayCallSymbol(type_index), signature, builder);
  llvm::Value* code = f->getArg(0);
  llvm::Value* callee_context = f->getArg(1);
  llvm::Value* values = f->getArg(2);
  code->setName("code");
  callee_context->setName("context");
  values->setName("values");

  // All arguments are loaded before the call, so the results may take their place.
  llvm::FunctionType* const prototype = wasmFunctionType(context, type, target.getTargetTriple());
  llvm::SmallVector<llvm::Value*, 8> args{callee_context};
  for (unsigned i = 0; i < type.params.size(); ++i)
    args.push_back(loadSlot(builder, values, i, prototype->getParamType(1 + i)));
  if (resultsThroughPointer(type)) args.push_back(values);
  llvm::CallInst* call = builder.CreateCall(prototype, code, args);
  call->setCallingConv(kWasmConvention);
  call->setAttributes(wasmCallAttributes(context, type, target.getTargetTriple()));

  if (resultsThroughPointer(type)) {
    for (size_t i = 0; i < type.results.size(); ++i) clearUpperBytes(builder, values, i, type.results[i]);
  } else if (type.results.size() == 2) {
    for (unsigned i = 0; i < 2; ++i) {
      storeSlot(builder, values, i, builder.CreateExtractValue(call, i), type.results[i]);
    }
  } else if (type.results.size() == 1) {
    storeSlot(builder, values, 0, call, type.results[0]);
  }
  builder.CreateRetVoid();
  return f;
}

// The C prototype of a host function: two or more results go through a trailing pointer to abi::Value.
struct NativePrototype {
  llvm::FunctionType* type;
  llvm::AttributeList attributes;
};

NativePrototype nativePrototype(llvm::Module& target, const FuncType& type) {
  llvm::LLVMContext& context = target.getContext();
  const llvm::Triple& triple = target.getTargetTriple();
  const bool through_pointer = type.results.size() >= 2;
  const FuncType by_value{type.params, through_pointer ? std::vector<ValType>() : type.results};
  llvm::FunctionType* const base = wasmFunctionType(context, by_value, triple);
  llvm::SmallVector<llvm::Type*, 8> params(base->params());
  llvm::AttributeList attributes = wasmCallAttributes(context, by_value, triple);
  if (through_pointer) {
    const auto results = static_cast<unsigned>(params.size());
    params.push_back(llvm::PointerType::get(context, 0));
    attributes = attributes.addParamAttribute(context, results, llvm::Attribute::NonNull)
                     .addParamAttribute(context, results, llvm::Attribute::NoUndef);
  }
  return {llvm::FunctionType::get(base->getReturnType(), params, false), attributes};
}

llvm::Value* loadNative(Builder& builder, llvm::Value* slot) {
  llvm::Value* address =
      builder.CreateConstInBoundsGEP1_64(builder.getInt8Ty(), slot, offsetof(abi::ImportSlot, native));
  llvm::LoadInst* native = builder.CreateAlignedLoad(builder.getPtrTy(), address, llvm::Align(8), "native");
  native->setMetadata(llvm::LLVMContext::MD_invariant_load, llvm::MDNode::get(builder.getContext(), {}));
  return native;
}

llvm::Function* lowerAdapter(llvm::Module& target, const FuncType& type, uint32_t type_index) {
  llvm::LLVMContext& context = target.getContext();
  Builder builder(context);
  llvm::FunctionType* const wasm = wasmFunctionType(context, type, target.getTargetTriple());
  llvm::Function* f = createFunction(target, adapterSymbol(type_index), wasm, builder);
  f->setCallingConv(kWasmConvention);
  const llvm::AttributeList of_type = wasmCallAttributes(context, type, target.getTargetTriple());
  f->setAttributes(
      of_type.addFnAttributes(context, llvm::AttrBuilder(context, f->getAttributes().getFnAttrs())));
  f->getArg(0)->setName("slot");

  // Three or more results: the wasm convention passes the pointer already.
  llvm::SmallVector<llvm::Value*, 8> args;
  for (llvm::Argument& arg : f->args()) args.push_back(&arg);
  llvm::Value* results = nullptr;
  if (type.results.size() == 2) {
    auto* two_values = llvm::ArrayType::get(builder.getInt8Ty(), 2 * sizeof(abi::Value));
    llvm::AllocaInst* slots = builder.CreateAlloca(two_values, nullptr, "results");
    slots->setAlignment(llvm::Align(alignof(abi::Value)));
    results = slots;
    args.push_back(results);
  }
  const NativePrototype prototype = nativePrototype(target, type);
  llvm::CallInst* call = builder.CreateCall(prototype.type, loadNative(builder, f->getArg(0)), args);
  call->setAttributes(prototype.attributes);

  if (type.results.size() == 2) {
    llvm::Value* const both[] = {loadSlot(builder, results, 0, f->getReturnType()->getStructElementType(0)),
                                 loadSlot(builder, results, 1, f->getReturnType()->getStructElementType(1))};
    builder.CreateAggregateRet(both, 2);
  } else if (type.results.size() == 1) {
    builder.CreateRet(call);
  } else {
    builder.CreateRetVoid();
  }
  return f;
}

// Which types the functions that `wanted` selects have, by type index.
std::vector<bool> typesOfFunctions(const Module& module, llvm::function_ref<bool(uint32_t)> wanted) {
  std::vector<bool> types(module.types.size());
  for (uint32_t f = 0; f < module.functions.size(); ++f) {
    if (wanted(f)) types[module.functions[f].type] = true;
  }
  return types;
}

using LowerThunk = llvm::Function* (*)(llvm::Module&, const FuncType&, uint32_t);

// The value types as numbers: equal for equal types.
std::vector<uint64_t> signatureKey(const FuncType& type) {
  std::vector<uint64_t> key{type.params.size()};
  for (const std::vector<ValType>* types : {&type.params, &type.results}) {
    for (ValType t : *types) key.push_back(std::bit_cast<uint64_t>(t));
  }
  return key;
}

// One thunk for each type that is needed. Types that differ in nothing but their index share it.
std::vector<llvm::Function*> lowerPerType(llvm::Module& target, const Module& module,
                                          const std::vector<bool>& needed, LowerThunk lower) {
  std::vector<llvm::Function*> thunks(module.types.size());
  std::map<std::vector<uint64_t>, llvm::Function*> known;
  for (uint32_t t = 0; t < thunks.size(); ++t) {
    if (!needed[t]) continue;
    llvm::Function*& thunk = known[signatureKey(module.types[t])];
    if (!thunk) thunk = lower(target, module.types[t], t);
    thunks[t] = thunk;
  }
  return thunks;
}

}  // namespace

bool nativeCompatible(const FuncType& type) { return type.results.size() <= 1; }

llvm::Function* lowerEntry(llvm::Module& target, const Module& module, uint32_t function) {
  llvm::LLVMContext& context = target.getContext();
  const TailConvention tails(context, target.getTargetTriple());
  const FuncType& type = module.functionType(function);
  llvm::Function* body =
      declareFunction(target, module, abi::InstanceLayout(instanceCounts(module)), function);
  if (!module.functions[function].tail || tails.fitsRegisters(type)) return body;

  Builder builder(context);
  llvm::FunctionType* const prototype = wasmFunctionType(context, type, target.getTargetTriple());
  llvm::Function* f = createFunction(target, entrySymbol(function), prototype, builder);
  TailConvention::Values args;
  for (llvm::Argument& arg : f->args()) args.push_back(&arg);
  llvm::CallInst* call =
      builder.CreateCall(body->getFunctionType(), body, tails.pack(builder, type, args, f->getArg(0)));
  call->setAttributes(tails.attributes(type));
  call->setTailCall();
  if (call->getType()->isVoidTy()) {
    builder.CreateRetVoid();
  } else {
    builder.CreateRet(call);
  }
  return f;
}

std::vector<llvm::Function*> lowerArrayCalls(llvm::Module& target, const Module& module) {
  const auto callable = [&](uint32_t f) { return module.functions[f].imported || hasFuncRef(module, f); };
  return lowerPerType(target, module, typesOfFunctions(module, callable), lowerArrayCall);
}

std::vector<llvm::Function*> lowerAdapters(llvm::Module& target, const Module& module) {
  std::vector<bool> needed =
      typesOfFunctions(module, [&](uint32_t f) { return module.functions[f].imported; });
  if (!module.tables.empty()) needed.assign(needed.size(), true);
  for (size_t t = 0; t < needed.size(); ++t) {
    if (nativeCompatible(module.types[t])) needed[t] = false;
  }
  return lowerPerType(target, module, needed, lowerAdapter);
}

}  // namespace wasmc::compiler
