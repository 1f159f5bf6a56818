// The units of a module as one LLVM module again, for people to read.
#ifndef WASMC_COMPILER_DRIVER_MERGE_H
#define WASMC_COMPILER_DRIVER_MERGE_H

#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>

#include <memory>
#include <vector>

#include "codegen/codegen.h"
#include "support/diagnostic.h"

namespace wasmc::compiler {

Bytes writeBitcode(const llvm::Module& module);

// Links modules that writeBitcode wrote, in this order.
Result<std::unique_ptr<llvm::Module>> mergeModules(const std::vector<Bytes>& bitcode,
                                                   llvm::LLVMContext& context);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_DRIVER_MERGE_H
