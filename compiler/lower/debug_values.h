// Debug values of one function, for `-g`: tells LLVM where the variables of the source are while the function
// is lowered.
#ifndef WASMC_COMPILER_LOWER_DEBUG_VALUES_H
#define WASMC_COMPILER_LOWER_DEBUG_VALUES_H

#include "debug/debug_info.h"

#include <llvm/IR/IRBuilder.h>

#include <cstdint>
#include <memory>

namespace wasmc::compiler {

class FunctionContext;

class DebugValues {
 public:
  DebugValues(FunctionContext& function, std::unique_ptr<FunctionDebugInfo> info);

  const FunctionDebugInfo& info() const { return *info_; }
  // Before the instruction at `offset` is lowered: variables begin and end to be somewhere.
  void advance(uint64_t offset);
  // The local has another value: so have the variables in it.
  void localChanged(uint32_t index);

 private:
  void emit(const VariablePlace& place);
  void emit(const VariablePlace& place, llvm::Value* value, llvm::DIExpression* expression);

  FunctionContext& function_;
  std::unique_ptr<FunctionDebugInfo> info_;
  llvm::DIBuilder builder_;
  size_t next_ = 0;  // of info_->places
  std::vector<const VariablePlace*> active_;
};

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_LOWER_DEBUG_VALUES_H
