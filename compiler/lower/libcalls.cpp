#include "lower/libcalls.h"

#include "lower/types.h"

#include <llvm/IR/IRBuilder.h>

#include <cstddef>

namespace wasmc::compiler {
namespace {

llvm::Function* declare(llvm::Module& target, const char* name, llvm::FunctionType* type) {
  auto* f = llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, name, target);
  f->setVisibility(llvm::GlobalValue::HiddenVisibility);
  f->setDSOLocal(true);
  setCommonAttributes(*f);
  return f;
}

// Makes `f` jump to the member of the LibCalls variable at `offset`.
void lowerStub(llvm::GlobalVariable& lib_calls, llvm::Function* f, uint64_t offset) {
  llvm::Module& target = *lib_calls.getParent();
  f->addFnAttr("no-builtins");  // its body is not to be recognised as the function that it calls

  llvm::IRBuilder<> builder(llvm::BasicBlock::Create(target.getContext(), "entry", f));
  llvm::Value* address = builder.CreateConstInBoundsGEP1_64(builder.getInt8Ty(), &lib_calls, offset);
  llvm::Value* function = builder.CreateAlignedLoad(builder.getPtrTy(), address, llvm::Align(8), "function");
  llvm::SmallVector<llvm::Value*, 3> args;
  for (llvm::Argument& arg : f->args()) args.push_back(&arg);
  llvm::CallInst* call = builder.CreateCall(f->getFunctionType(), function, args);
  call->setTailCallKind(llvm::CallInst::TCK_MustTail);
  builder.CreateRet(call);
}

}  // namespace

llvm::GlobalVariable* lowerLibCalls(llvm::Module& target, bool exceptions) {
  llvm::LLVMContext& context = target.getContext();
  llvm::Type* const pointer = llvm::PointerType::get(context, 0);
  llvm::Type* const size = llvm::Type::getInt64Ty(context);
  auto* type = llvm::ArrayType::get(pointer, sizeof(abi::LibCalls) / sizeof(void*));
  auto* lib_calls =
      new llvm::GlobalVariable(target, type, /*isConstant=*/false, llvm::GlobalValue::ExternalLinkage,
                               llvm::ConstantAggregateZero::get(type), "wasmc.lib_calls");
  lib_calls->setVisibility(llvm::GlobalValue::HiddenVisibility);
  lib_calls->setDSOLocal(true);
  lib_calls->setAlignment(llvm::Align(16));
  lib_calls->setExternallyInitialized(
      true);  // the loader writes it: it is not the constant that it seems to be

  auto* copy = llvm::FunctionType::get(pointer, {pointer, pointer, size}, false);
  auto* set = llvm::FunctionType::get(pointer, {pointer, llvm::Type::getInt32Ty(context), size}, false);
  lowerStub(*lib_calls, declare(target, "memcpy", copy), offsetof(abi::LibCalls, memcpy));
  lowerStub(*lib_calls, declare(target, "memmove", copy), offsetof(abi::LibCalls, memmove));
  lowerStub(*lib_calls, declare(target, "memset", set), offsetof(abi::LibCalls, memset));
  if (exceptions) lowerStub(*lib_calls, declarePersonality(target), offsetof(abi::LibCalls, personality));
  return lib_calls;
}

llvm::Function* declarePersonality(llvm::Module& target) {
  llvm::LLVMContext& context = target.getContext();
  llvm::Type* const pointer = llvm::PointerType::get(context, 0);
  llvm::Type* const word = llvm::Type::getInt64Ty(context);
  // Version, actions, class of the exception, _Unwind_Exception*, _Unwind_Context*. It is passed on, so that
  // an int is the whole register, which RISC-V has rules for.
  llvm::Type* const params[] = {word, word, word, pointer, pointer};
  return declare(target, "wasmc.personality", llvm::FunctionType::get(word, params, false));
}

}  // namespace wasmc::compiler
