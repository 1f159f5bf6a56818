// FunctionContext: calls, of builtins and of wasm functions.
#include "lower/function_context.h"

namespace wasmc::compiler {

llvm::CallInst* FunctionContext::callBuiltin(abi::Builtin builtin, llvm::ArrayRef<llvm::Value*> args) {
  fuel_.writeBack();
  llvm::CallInst* call = module_.callBuiltin(ir_, instance(), builtin, args);
  fuel_.readAgain();
  return call;
}

llvm::CallBase* FunctionContext::callMayThrow(llvm::FunctionType* type, llvm::Value* code,
                                              llvm::ArrayRef<llvm::Value*> args, Unwind unwind) {
  fuel_.writeBack();
  if (llvm::BasicBlock* landing = unwind == Unwind::ToHandler ? landingPad() : nullptr) {
    llvm::BasicBlock* const next = createBlock("next");
    llvm::InvokeInst* invoke = ir_.CreateInvoke(type, code, next, landing, args);
    enter(next);
    fuel_.readAgain();
    return invoke;
  }
  llvm::CallInst* call = ir_.CreateCall(type, code, args);
  fuel_.readAgain();
  // Infinite recursion must exhaust the stack and trap; and each call stands in the backtrace of a trap. So
  // LLVM shall not make loops and jumps of calls that only happen to be in tail position.
  call->setTailCallKind(llvm::CallInst::TCK_NoTail);
  return call;
}

void FunctionContext::callWasm(const FuncType& type, const Callee& callee, llvm::ArrayRef<llvm::Value*> args,
                               Unwind unwind) {
  TailConvention::Values all{callee.context};
  all.append(args.begin(), args.end());
  llvm::Value* const buffer = resultsThroughPointer(type) ? resultsBuffer(type.results.size()) : nullptr;
  if (buffer) all.push_back(buffer);

  const TailConvention& tails = module_.tails();
  const llvm::Triple& triple = module_.target().getTargetTriple();
  llvm::FunctionType* prototype = wasmFunctionType(module_.context(), type, triple);
  llvm::AttributeList attributes = wasmCallAttributes(module_.context(), type, triple);
  if (callee.register_prototype) {
    prototype = tails.prototype(type);
    attributes = tails.attributes(type);
    all = tails.pack(ir_, type, all, instance());
  } else {
    for (auto [arg, passed] : llvm::zip_equal(all, prototype->params())) arg = ir_.CreateBitCast(arg, passed);
  }
  llvm::CallBase* call = callMayThrow(prototype, callee.code, all, unwind);
  call->setCallingConv(kWasmConvention);
  call->setAttributes(attributes);
  pushResults(type, call, buffer);
}

void FunctionContext::pushResults(const FuncType& type, llvm::CallBase* call, llvm::Value* buffer) {
  if (buffer) {
    for (size_t i = 0; i < type.results.size(); ++i) {
      push(ir_.CreateAlignedLoad(lower(type.results[i]), fieldAddress(ir_, buffer, i * sizeof(abi::Value)),
                                 llvm::Align(16)));
    }
  } else if (type.results.size() == 2) {
    push(ir_.CreateBitCast(ir_.CreateExtractValue(call, 0), lower(type.results[0])));
    push(ir_.CreateBitCast(ir_.CreateExtractValue(call, 1), lower(type.results[1])));
  } else if (type.results.size() == 1) {
    push(ir_.CreateBitCast(call, lower(type.results[0])));
  }
}

void FunctionContext::jumpTo(const FuncType& type, llvm::Value* code, llvm::Value* context,
                             llvm::ArrayRef<llvm::Value*> args) {
  assert(register_prototype_ && "LLVM wants caller and callee to have the same prototype");
  TailConvention::Values all{context};
  all.append(args.begin(), args.end());
  if (results_pointer_) all.push_back(results_pointer_);

  fuel_.writeBack();
  const TailConvention& tails = module_.tails();
  llvm::CallInst* call = ir_.CreateCall(tails.prototype(type), code, tails.pack(ir_, type, all, instance()));
  call->setCallingConv(kWasmConvention);
  call->setAttributes(tails.attributes(type));
  call->setTailCallKind(llvm::CallInst::TCK_MustTail);
  if (call->getType()->isVoidTy()) {
    ir_.CreateRetVoid();
  } else {
    ir_.CreateRet(call);
  }
  leave();
}

llvm::Value* FunctionContext::resultsBuffer(size_t count) {
  // Results are read right after the call, so all calls of the function share one buffer.
  const uint64_t have = results_buffer_ ? results_buffer_->getAllocatedType()->getArrayNumElements() : 0;
  if (have >= 2 * count) return results_buffer_;
  auto* type = llvm::ArrayType::get(ir_.getInt64Ty(), 2 * count);
  llvm::AllocaInst* larger = createSlot(type, "results");
  larger->setAlignment(llvm::Align(16));
  if (results_buffer_) {
    results_buffer_->replaceAllUsesWith(larger);
    results_buffer_->eraseFromParent();
  }
  results_buffer_ = larger;
  return larger;
}

}  // namespace wasmc::compiler
