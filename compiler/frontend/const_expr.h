// Constant expressions: initial values of globals, offsets of segments, elements.
#ifndef WASMC_COMPILER_FRONTEND_CONST_EXPR_H
#define WASMC_COMPILER_FRONTEND_CONST_EXPR_H

#include "frontend/feature_gate.h"
#include "frontend/module.h"

#include <optional>
#include <string>

namespace wasmc::compiler {

// The constant instruction for `op`; nothing where `op` may not stand in a constant expression.
std::optional<abi::ConstInstr::Op> constOp(Opcode op);

// Types one constant expression as it is read.
class ConstExprChecker {
 public:
  ConstExprChecker(const Module& module, FeatureGate& gate) : module_(module), gate_(gate) {}
  // Each returns what is wrong. `ref` is the type of a ref.null.
  std::optional<std::string> add(Opcode op, const abi::ConstInstr& instr, ValType ref);
  std::optional<std::string> finish(ValType expected);

 private:
  std::optional<std::string> addGlobalGet(uint32_t global);
  std::optional<std::string> addSimple(Opcode op);

  const Module& module_;
  FeatureGate& gate_;
  std::vector<ValType> stack_;
  uint64_t count_ = 0;
};

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_FRONTEND_CONST_EXPR_H
