#include "lower/types.h"

#include "lower/tail.h"
#include "support/symbols.h"

#include <llvm/ADT/SmallVector.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/TargetParser/Triple.h>

#include <algorithm>

namespace wasmc::compiler {

llvm::Type* lowerType(llvm::LLVMContext& context, ValType type) {
  switch (type.code) {
    case abi::TypeCode::I32: return llvm::Type::getInt32Ty(context);
    case abi::TypeCode::I64: return llvm::Type::getInt64Ty(context);
    case abi::TypeCode::F32: return llvm::Type::getFloatTy(context);
    case abi::TypeCode::F64: return llvm::Type::getDoubleTy(context);
    case abi::TypeCode::V128: return llvm::FixedVectorType::get(llvm::Type::getInt8Ty(context), 16);
    case abi::TypeCode::Ref: return llvm::PointerType::get(context, 0);
  }
  llvm_unreachable("every type code is handled");
}

llvm::FunctionType* wasmFunctionType(llvm::LLVMContext& context, const FuncType& type,
                                     const llvm::Triple& triple) {
  const auto passed = [&](ValType value) -> llvm::Type* {
    if (value == ValType::v128() && !hasVectorRegisters(triple)) return llvm::Type::getInt128Ty(context);
    return lowerType(context, value);
  };
  llvm::Type* const pointer = llvm::PointerType::get(context, 0);
  llvm::SmallVector<llvm::Type*, 8> params{pointer};
  for (ValType p : type.params) params.push_back(passed(p));
  if (resultsThroughPointer(type)) params.push_back(pointer);

  llvm::Type* result = llvm::Type::getVoidTy(context);
  if (type.results.size() == 1) {
    result = passed(type.results[0]);
  } else if (type.results.size() == 2) {
    result = llvm::StructType::get(context, {passed(type.results[0]), passed(type.results[1])});
  }
  return llvm::FunctionType::get(result, params, /*isVarArg=*/false);
}

bool hasVectorRegisters(const llvm::Triple& triple) {
  return triple.getArch() == llvm::Triple::x86_64 || triple.isAArch64();
}

llvm::AttributeList wasmCallAttributes(llvm::LLVMContext& context, const FuncType& type,
                                       const llvm::Triple& triple) {
  llvm::AttrBuilder of_context(context);
  of_context.addAttribute(llvm::Attribute::NoUndef).addAttribute(llvm::Attribute::NonNull);

  // No wasm value is undefined. RISC-V keeps an i32 sign-extended in its register, also in its C convention.
  auto ofValue = [&](ValType value) {
    llvm::AttrBuilder attributes(context);
    attributes.addAttribute(llvm::Attribute::NoUndef);
    if (triple.isRISCV64() && value == ValType::i32()) attributes.addAttribute(llvm::Attribute::SExt);
    return llvm::AttributeSet::get(context, attributes);
  };

  llvm::SmallVector<llvm::AttributeSet, 8> params{llvm::AttributeSet::get(context, of_context)};
  for (ValType p : type.params) params.push_back(ofValue(p));
  if (resultsThroughPointer(type)) params.push_back(llvm::AttributeSet::get(context, of_context));

  llvm::AttributeSet result;
  if (type.results.size() == 1) result = ofValue(type.results[0]);
  return llvm::AttributeList::get(context, {}, result, params);
}

bool hasFuncRef(const Module& module, uint32_t function) {
  const Function& f = module.functions[function];
  return !f.imported && (f.referenced || f.exported || module.start == function);
}

std::vector<uint32_t> numberFuncRefs(const Module& module) {
  std::vector<uint32_t> numbers(module.functions.size(), abi::kNone);
  uint32_t next = 0;
  for (uint32_t i = 0; i < module.functions.size(); ++i) {
    if (hasFuncRef(module, i)) numbers[i] = next++;
  }
  return numbers;
}

abi::InstanceCounts instanceCounts(const Module& module) {
  auto defined = [](const auto& all, uint32_t imported) {
    return static_cast<uint32_t>(all.size()) - imported;
  };
  abi::InstanceCounts counts;
  counts.imported_functions = module.imported_functions;
  counts.imported_tables = module.imported_tables;
  counts.imported_memories = module.imported_memories;
  counts.imported_globals = module.imported_globals;
  counts.imported_tags = module.imported_tags;
  counts.types = static_cast<uint32_t>(module.types.size());
  counts.defined_tables = defined(module.tables, module.imported_tables);
  counts.defined_memories = defined(module.memories, module.imported_memories);
  counts.defined_globals = defined(module.globals, module.imported_globals);
  counts.defined_tags = defined(module.tags, module.imported_tags);
  for (uint32_t i = 0; i < module.functions.size(); ++i) counts.func_refs += hasFuncRef(module, i);
  return counts;
}

bool usesFeature(const Module& module, Feature feature) {
  return std::ranges::find(module.features_used, featureFlag(feature)) != module.features_used.end();
}

llvm::Function* declareFunction(llvm::Module& target, const Module& module, const abi::InstanceLayout& layout,
                                uint32_t function) {
  const std::string symbol = functionSymbol(function, module.functions[function].name);
  if (llvm::Function* known = target.getFunction(symbol)) return known;

  llvm::LLVMContext& context = target.getContext();
  const FuncType& type = module.functionType(function);
  const llvm::Triple& triple = target.getTargetTriple();
  const bool tail = module.functions[function].tail;
  const TailConvention tails(context, triple);
  auto* f = llvm::Function::Create(tail ? tails.prototype(type) : wasmFunctionType(context, type, triple),
                                   llvm::GlobalValue::ExternalLinkage, symbol, target);
  f->setVisibility(llvm::GlobalValue::HiddenVisibility);
  f->setDSOLocal(true);
  f->setCallingConv(kWasmConvention);
  f->setAttributes(tail ? tails.attributes(type) : wasmCallAttributes(context, type, triple));

  llvm::AttrBuilder instance(context);
  instance.addDereferenceableAttr(layout.size());
  instance.addAlignmentAttr(llvm::Align(16));
  f->addParamAttrs(0, instance);
  if (!usesFeature(module, Feature::Exceptions)) f->setDoesNotThrow();
  setCommonAttributes(*f);
  return f;
}

void setCommonAttributes(llvm::Function& function) {
  // A fault can happen inside a prologue, where the stack ends; an interruption at any instruction.
  function.setUWTableKind(llvm::UWTableKind::Async);
  function.addFnAttr("probe-stack", "inline-asm");
  function.addFnAttr("frame-pointer", "none");
  function.addFnAttr(llvm::Attribute::NonLazyBind);
}

}  // namespace wasmc::compiler
