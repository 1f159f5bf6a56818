// What all units of a module agree on: LLVM types of wasm types, the wasm calling convention as an LLVM
// function type with its attributes, the symbols of functions, and the numbering behind the instance layout.
#ifndef WASMC_COMPILER_LOWER_TYPES_H
#define WASMC_COMPILER_LOWER_TYPES_H

#include "frontend/module.h"
#include "lower/lower.h"

#include <llvm/IR/Attributes.h>
#include <llvm/IR/CallingConv.h>
#include <llvm/IR/DerivedTypes.h>
#include <llvm/IR/Function.h>
#include <llvm/IR/Module.h>

#include <wasmc/abi/layout.h>

#include <cstdint>
#include <vector>

namespace wasmc::compiler {

// References are pointers, v128 is <16 x i8>.
llvm::Type* lowerType(llvm::LLVMContext& context, ValType type);

// The wasm convention (abi/layout.h). Not tailcc: on x86-64 its callees pop 8 bytes of padding even where no
// argument is on the stack (`ret $8`), so it never equals the C convention, and recursive fib takes 40 %
// longer.
inline constexpr llvm::CallingConv::ID kWasmConvention = llvm::CallingConv::C;

// Three or more results go through a trailing pointer to an array of abi::Value.
inline bool resultsThroughPointer(const FuncType& type) { return type.results.size() >= 3; }

// Whether the C convention has registers for vectors of 128 bits. Where it has none, on RISC-V, C passes one
// as an integer of that size; so does the wasm convention, with all CPUs: LLVM's own choice for a vector
// would depend on whether the CPU has vector instructions.
bool hasVectorRegisters(const llvm::Triple& triple);

// Context first, then the parameters, then the results pointer where there is one. Two results are a literal
// struct. The types are those of lowerType but for v128, which a bitcast brings to the type that it passes
// as.
llvm::FunctionType* wasmFunctionType(llvm::LLVMContext& context, const FuncType& type,
                                     const llvm::Triple& triple);

// Attributes of parameters and result that hold for each call of a function of this type, direct or indirect.
llvm::AttributeList wasmCallAttributes(llvm::LLVMContext& context, const FuncType& type,
                                       const llvm::Triple& triple);

// Which functions have a FuncRef in the instance: the defined ones whose reference can be taken from inside
// (element segments, ref.func, constant expressions) or outside (exports), and the start function, which the
// runtime calls through it.
bool hasFuncRef(const Module& module, uint32_t function);

// Position of each function among the instance's FuncRefs, by function index; abi::kNone where it has none.
std::vector<uint32_t> numberFuncRefs(const Module& module);

abi::InstanceCounts instanceCounts(const Module& module);

// Whether the module uses a proposal.
bool usesFeature(const Module& module, Feature feature);

// Declares defined function `function` in `target` with convention, attributes and hidden visibility. Returns
// the earlier declaration if there is one.
llvm::Function* declareFunction(llvm::Module& target, const Module& module, const abi::InstanceLayout& layout,
                                uint32_t function);

// Attributes of every function that the compiler makes, thunks and adapters included: stack probes, unwind
// tables, no lazy binding.
void setCommonAttributes(llvm::Function& function);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_LOWER_TYPES_H
