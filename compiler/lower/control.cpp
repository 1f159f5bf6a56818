// Structured control. A block's label is the basic block that a branch to it goes to, with a phi for each
// value that the branch carries; labels are nested in the context's own stack, so deep nesting costs no
// recursion.
#include "lower/handlers.h"

namespace wasmc::compiler {
namespace {

llvm::SmallVector<llvm::Type*, 2> lowerTypes(FunctionContext& f, std::span<const ValType> types) {
  llvm::SmallVector<llvm::Type*, 2> lowered;
  for (ValType t : types) lowered.push_back(f.lower(t));
  return lowered;
}

void fallThrough(FunctionContext& f, Label& label) {
  if (!f.reachable()) return;
  f.addEdge(label);
  f.ir().CreateBr(label.target);
}

void branch(FunctionContext& f, uint32_t depth) {
  f.releaseKept(depth);
  fallThrough(f, f.label(depth));
  f.leave();
}

// The `else` that an `if` without one has: its parameters are its results.
void addImplicitElse(FunctionContext& f, Label& label) {
  f.enter(label.otherwise);
  f.shrink(label.height);
  for (llvm::Value* param : label.params) f.push(param);
  fallThrough(f, label);
}

// Where a branch to the label at `depth` goes to, in an edge from the current block whose terminator is the
// caller's.
llvm::BasicBlock* edgeTo(FunctionContext& f, uint32_t depth) {
  Label& label = f.label(depth);
  if (!f.keepsException(depth)) {
    f.addEdge(label);
    return label.target;
  }
  llvm::IRBuilder<>::InsertPointGuard guard(f.ir());
  llvm::BasicBlock* const leave = f.createBlock("leave");
  f.enter(leave);
  f.releaseKept(depth);
  f.addEdge(label);
  f.ir().CreateBr(label.target);
  return leave;
}

}  // namespace

Label forwardLabel(FunctionContext& f, const BlockType& type, Label::Kind kind) {
  Label label{.kind = kind, .target = f.createBlock("end")};
  label.height = f.height() - type.params.size();
  label.results = lowerTypes(f, type.results);
  f.addPhis(label, label.results);
  return label;
}

void enterJoin(FunctionContext& f, Label& label) {
  f.enter(label.target);
  f.shrink(label.height);
  if (label.target->hasNPredecessorsOrMore(1)) {
    for (llvm::PHINode* phi : label.phis) f.push(phi);
    return;
  }
  // Nothing leads here, so what follows is dead; it goes when the function is finished. Until then a phi
  // without operands would not be valid IR.
  for (llvm::PHINode* phi : label.phis) {
    f.push(llvm::PoisonValue::get(phi->getType()));
    phi->eraseFromParent();
  }
}

void lowerUnreachable(FunctionContext& f) { f.trap(abi::TrapCode::Unreachable); }

void lowerBlock(FunctionContext& f, const Instr& i) {
  f.pushLabel(forwardLabel(f, i.block, Label::Kind::Block));
}

void lowerLoop(FunctionContext& f, const Instr& i) {
  Label label{.kind = Label::Kind::Loop, .target = f.createBlock("loop")};
  label.height = f.height() - i.block.params.size();
  label.results = lowerTypes(f, i.block.results);
  f.addPhis(label, lowerTypes(f, i.block.params));
  f.addEdge(label);
  f.ir().CreateBr(label.target);
  f.enter(label.target);
  f.shrink(label.height);
  for (llvm::PHINode* phi : label.phis) f.push(phi);
  f.pushLabel(std::move(label));
}

void lowerIf(FunctionContext& f, const Instr& i) {
  llvm::Value* const condition = f.popCondition();
  Label label = forwardLabel(f, i.block, Label::Kind::If);
  label.otherwise = f.createBlock("else");
  llvm::append_range(label.params, f.top(i.block.params.size()));
  llvm::BasicBlock* then = f.createBlock("then");
  f.ir().CreateCondBr(condition, then, label.otherwise);
  f.enter(then);
  f.pushLabel(std::move(label));
}

void lowerElse(FunctionContext& f) {
  Label label = f.popLabel();
  fallThrough(f, label);
  f.enter(label.otherwise);
  f.shrink(label.height);
  for (llvm::Value* param : label.params) f.push(param);
  label.kind = Label::Kind::Else;
  f.pushLabel(std::move(label));
}

void lowerEnd(FunctionContext& f) {
  if (const Label::Kind kind = f.label(0).kind; kind == Label::Kind::Try || kind == Label::Kind::Catch)
    return lowerTryEnd(f);
  Label label = f.popLabel();
  if (label.kind == Label::Kind::Loop) {
    // Branches go to the header; only falling through leads on, and the results are on the stack already.
    if (f.reachable()) return;
    f.enter(f.createBlock("dead"));
    f.shrink(label.height);
    for (llvm::Type* type : label.results) f.push(llvm::PoisonValue::get(type));
    return;
  }
  fallThrough(f, label);
  if (label.kind == Label::Kind::If) addImplicitElse(f, label);
  enterJoin(f, label);
}

void lowerBr(FunctionContext& f, const Instr& i) { branch(f, i.index); }

void lowerReturn(FunctionContext& f) { branch(f, f.outermostDepth()); }

void lowerBrIf(FunctionContext& f, const Instr& i) {
  llvm::Value* const condition = f.popCondition();
  llvm::BasicBlock* next = f.createBlock("next");
  llvm::BasicBlock* const target = edgeTo(f, i.index);
  f.ir().CreateCondBr(condition, target, next);
  f.enter(next);
}

void lowerBrTable(FunctionContext& f, const Instr& i) {
  llvm::Value* const index = f.pop();
  const auto cases = i.targets.first(i.targets.size() - 1);
  llvm::BasicBlock* const otherwise = edgeTo(f, i.targets.back());
  llvm::SwitchInst* table = f.ir().CreateSwitch(index, otherwise, static_cast<unsigned>(cases.size()));
  for (size_t c = 0; c < cases.size(); ++c) {
    if (cases[c] == i.targets.back()) continue;
    // A phi has one operand an edge, also where several lead to its block.
    table->addCase(f.i32(static_cast<uint32_t>(c)), edgeTo(f, cases[c]));
  }
  f.leave();
}

}  // namespace wasmc::compiler
