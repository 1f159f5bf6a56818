// Functions that stand between wasm code and its surroundings, one a function type that needs it.
#ifndef WASMC_COMPILER_LOWER_THUNKS_H
#define WASMC_COMPILER_LOWER_THUNKS_H

#include "frontend/module.h"

#include <llvm/IR/Module.h>

#include <vector>

namespace wasmc::compiler {

// Whether a C function with the type's parameters and result is called as a wasm function of the type is:
// there is at most one result. A host function of such a type needs no adapter.
bool nativeCompatible(const FuncType& type);

// The abi::ArrayCall of each type that the host can call a function of: types of functions with a FuncRef,
// and of imported functions (which may be exported again). By type index; null where there is none. Equal
// types share one.
std::vector<llvm::Function*> lowerArrayCalls(llvm::Module& target, const Module& module);

// The adapter of each type that is not native compatible and of which the module can call a host function: as
// an import, or, where it has a table, any. Entered in the wasm convention with an abi::ImportSlot as
// context, it calls the slot's `native` in the C convention. By type index.
std::vector<llvm::Function*> lowerAdapters(llvm::Module& target, const Module& module);

// What callers that do not know the register prototype enter a function at: the function itself, or, if it
// has that prototype and parameters that do not fit in registers, a C entry that is made here.
llvm::Function* lowerEntry(llvm::Module& target, const Module& module, uint32_t function);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_LOWER_THUNKS_H
