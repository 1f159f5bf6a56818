// How functions take part in tail calls.
//
// In the C convention a call can become a jump if it passes no more on the stack than the caller was passed,
// and LLVM guarantees that it does (`musttail`) if caller and callee have the same prototype. So the
// functions that perform tail calls, and those that a return_call names, have one prototype for all, the
// register prototype: the context and a parameter for every other argument register of the C convention. A
// caller leaves those that the callee does not use undefined, which costs no instruction.
//
// A function type whose parameters all fit in registers is passed just as its own prototype says, so its
// functions are called by everyone, and call everyone, as if there were no tail calls: hosts, tables, other
// modules. What does not fit goes through memory, InstanceHeader::tail_arguments, which the callee reads
// before it does anything else. Callers that know nothing of that enter such a function through its C entry
// (thunks.h); tail calls through tables and imports find it by FuncRef::tail_code.
#ifndef WASMC_COMPILER_LOWER_TAIL_H
#define WASMC_COMPILER_LOWER_TAIL_H

#include "lower/types.h"

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/SmallVector.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/TargetParser/Triple.h>

#include <optional>

namespace wasmc::compiler {

class TailConvention {
 public:
  using Values = llvm::SmallVector<llvm::Value*, 16>;

  TailConvention(llvm::LLVMContext& context, const llvm::Triple& triple);

  // The register prototype with the type's results, and its attributes.
  llvm::FunctionType* prototype(const FuncType& type) const;
  llvm::AttributeList attributes(const FuncType& type) const;
  bool fitsRegisters(const FuncType& type) const;
  // Whether the results leave in registers, too. Where they do not, LLVM has no tail calls. On RISC-V there
  // are two for integers.
  bool canTailCall(const FuncType& type) const;

  // From the arguments of the wasm convention (context, parameters, results pointer) to those of the register
  // prototype. `instance` is the caller's: what does not fit is stored to its tail_arguments.
  Values pack(llvm::IRBuilder<>& ir, const FuncType& type, llvm::ArrayRef<llvm::Value*> args,
              llvm::Value* instance) const;
  // The way back, at the start of a function that has the register prototype.
  Values unpack(llvm::IRBuilder<>& ir, const FuncType& type, llvm::Function& function) const;

 private:
  // Where an argument goes: to a parameter of the prototype, or to an element of tail_arguments.
  struct Place {
    llvm::Type* type;  // in the wasm convention
    std::optional<unsigned> parameter;
    unsigned element = 0;
  };
  llvm::SmallVector<Place, 16> places(const FuncType& type) const;
  llvm::Value* toRegister(llvm::IRBuilder<>& ir, llvm::Value* value) const;
  llvm::Value* fromRegister(llvm::IRBuilder<>& ir, llvm::Value* value, llvm::Type* type) const;

  llvm::LLVMContext& context_;
  llvm::Triple triple_;
  unsigned integers_;    // argument registers but for the context's
  unsigned vectors_;     // argument registers for floating point
  llvm::Type* integer_;  // types of their parameters
  llvm::Type* vector_;
};

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_LOWER_TAIL_H
