#include "frontend/const_expr.h"

#include "frontend/limits.h"

namespace wasmc::compiler {

std::optional<abi::ConstInstr::Op> constOp(Opcode op) {
  using Op = abi::ConstInstr::Op;
  switch (op) {
    case Opcode::I32Const: return Op::I32Const;
    case Opcode::I64Const: return Op::I64Const;
    case Opcode::F32Const: return Op::F32Const;
    case Opcode::F64Const: return Op::F64Const;
    case Opcode::V128Const: return Op::V128Const;
    case Opcode::GlobalGet: return Op::GlobalGet;
    case Opcode::RefNull: return Op::RefNull;
    case Opcode::RefFunc: return Op::RefFunc;
    case Opcode::I32Add: return Op::I32Add;
    case Opcode::I32Sub: return Op::I32Sub;
    case Opcode::I32Mul: return Op::I32Mul;
    case Opcode::I64Add: return Op::I64Add;
    case Opcode::I64Sub: return Op::I64Sub;
    case Opcode::I64Mul: return Op::I64Mul;
    default: return std::nullopt;
  }
}

std::optional<std::string> ConstExprChecker::add(Opcode op, const abi::ConstInstr& instr, ValType ref) {
  if (++count_ > limits::kConstInstrs)
    return "a constant expression is too long: the limit is " + std::to_string(limits::kConstInstrs) +
           " instructions";
  if (const auto feature = opcodeFeature(op))
    if (auto message = gate_.use(*feature, opcodeText(op))) return message;
  switch (op) {
    case Opcode::GlobalGet: return addGlobalGet(instr.index);
    case Opcode::RefNull: stack_.push_back(ref); return std::nullopt;
    case Opcode::RefFunc:
      if (instr.index >= module_.functions.size())
        return "ref.func: unknown function: found index " + std::to_string(instr.index) + ", there are " +
               std::to_string(module_.functions.size());
      stack_.push_back(ValType::funcref());
      return std::nullopt;
    default: return addSimple(op);
  }
}

// Only globals that stand before the expression are known here, as it should be.
std::optional<std::string> ConstExprChecker::addGlobalGet(uint32_t global) {
  if (global >= module_.globals.size())
    return "global.get: unknown global: found index " + std::to_string(global) + ", there are " +
           std::to_string(module_.globals.size()) + " before this constant expression";
  const GlobalType& type = module_.globals[global].type;
  if (type.is_mutable)
    return "global.get: global " + std::to_string(global) + " is mutable, expected a constant one";
  stack_.push_back(type.type);
  return std::nullopt;
}

std::optional<std::string> ConstExprChecker::addSimple(Opcode op) {
  const OpcodeSignature signature = opcodeSignature(op);
  if (!signature.params.empty())
    if (auto message = gate_.use(Feature::ExtendedConst, opcodeText(op))) return message;
  for (size_t i = signature.params.size(); i > 0; --i) {
    const ValType expected = signature.params[i - 1];
    const std::string found = stack_.empty() ? "no operand" : valTypeText(stack_.back());
    if (stack_.empty() || stack_.back() != expected)
      return std::string(opcodeText(op)) + ": type mismatch: expected " + valTypeText(expected) + ", found " +
             found;
    stack_.pop_back();
  }
  stack_.insert(stack_.end(), signature.results.begin(), signature.results.end());
  return std::nullopt;
}

std::optional<std::string> ConstExprChecker::finish(ValType expected) {
  if (stack_.size() != 1)
    return "a constant expression has the wrong number of results: expected 1 " + valTypeText(expected) +
           ", found " + std::to_string(stack_.size());
  if (stack_[0] != expected)
    return "a constant expression has the wrong type: expected " + valTypeText(expected) + ", found " +
           valTypeText(stack_[0]);
  return std::nullopt;
}

}  // namespace wasmc::compiler
