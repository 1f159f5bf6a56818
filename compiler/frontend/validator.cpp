// Keeps the types of the operands and the open blocks, as the specification's algorithm does. After an
// instruction that does not return, the operand stack is polymorphic down to the start of the block: what is
// popped below that is kUnknown, which fits everything.
//
// validator_ops.cpp holds the instructions on memories, tables, variables and references.
#include "frontend/validator.h"

#include "frontend/limits.h"

#include <algorithm>

namespace wasmc::compiler {
namespace {

constexpr ValType kUnknown{static_cast<abi::TypeCode>(0), abi::HeapCode::Concrete, 0, 0, 0};

std::string text(ValType type) { return type == kUnknown ? "any type" : valTypeText(type); }

std::string text(std::span<const ValType> types) {
  constexpr size_t kShown = 8;
  std::string list = "[";
  for (size_t i = 0; i < types.size() && i < kShown; ++i) list += (i ? " " : "") + text(types[i]);
  if (types.size() > kShown) list += " ... (" + std::to_string(types.size()) + " in all)";
  return list + "]";
}

// Nothing but references of other kinds could make two types differ and still fit; those have none yet.
bool fits(ValType found, ValType expected) {
  return found == expected || found == kUnknown || expected == kUnknown;
}

}  // namespace

bool Validator::fail(std::string message) {
  error_ = Diagnostic{std::string(opcodeText(op_)) + ": " + std::move(message), offset_, {}, {}, {}};
  return false;
}

bool Validator::mismatch(const std::string& expected, const std::string& found) {
  return fail("type mismatch: expected " + expected + ", found " + found);
}

bool Validator::badIndex(const char* what, uint32_t index, size_t count) {
  return fail(std::string("unknown ") + what + ": found index " + std::to_string(index) + ", there are " +
              std::to_string(count));
}

bool Validator::begin(uint32_t function, std::span<const FunctionVisitor::LocalRun> locals) {
  operands_.clear();
  frames_.clear();
  locals_.clear();
  function_ = function;
  op_ = Opcode::Block;
  offset_ = module_.functions[function].body_offset;
  const FuncType& type = module_.functionType(function);
  uint32_t end = 0;
  for (ValType param : type.params) locals_.push_back({++end, param});
  for (const auto& run : locals) locals_.push_back({end += run.count, run.type});
  frames_.push_back({Opcode::Block, {{}, type.results}, 0, false});
  return true;
}

bool Validator::instruction(const Instr& in) {
  op_ = in.op;
  offset_ = in.offset;
  if (!checkFeatures(in) || !dispatch(in)) return false;
  if (operands_.size() > limits::kOperands)
    return fail("too many operands: found " + std::to_string(operands_.size()) + ", the limit is " +
                std::to_string(limits::kOperands));
  return true;
}

bool Validator::end(uint64_t offset) {
  op_ = Opcode::End;
  offset_ = offset;
  return finishFrame("function");
}

bool Validator::checkFeatures(const Instr& in) {
  const auto use = [&](Feature feature, std::string_view what) {
    auto message = gate_.use(feature, what);
    return !message || (error_ = Diagnostic{std::move(*message), in.offset, {}, {}, {}}, false);
  };
  if (const auto feature = opcodeFeature(in.op)) return use(*feature, opcodeText(in.op));
  if (!in.block.params.empty()) return use(Feature::MultiValue, "a block with parameters");
  if (in.block.results.size() > 1) return use(Feature::MultiValue, "a block with several results");
  if (in.op == Opcode::CallIndirect && in.index2 != 0)
    return use(Feature::ReferenceTypes, "call_indirect of a further table");
  return true;
}

bool Validator::dispatch(const Instr& in) {
  switch (in.op) {
    case Opcode::Unreachable: return markUnreachable(), true;
    case Opcode::Block:
    case Opcode::Loop:
    case Opcode::If:
    case Opcode::Try: return block(in);
    case Opcode::Else: return otherwise();
    case Opcode::End: return endBlock();
    case Opcode::Catch:
    case Opcode::CatchAll: return catchClause(in);
    case Opcode::Delegate: return delegate(in.index);
    case Opcode::Throw: return throwTag(in.index);
    case Opcode::Rethrow: return rethrow(in.index);
    case Opcode::Br: return br(in.index);
    case Opcode::BrIf: return brIf(in.index);
    case Opcode::BrTable: return brTable(in.targets);
    case Opcode::Return: return leave();
    case Opcode::Call: return call(callee(in.index), false);
    case Opcode::ReturnCall: return returnCall(in.index);
    case Opcode::CallIndirect: return callIndirect(in, false);
    case Opcode::ReturnCallIndirect: return callIndirect(in, true);
    case Opcode::Drop: return popAny().has_value();
    case Opcode::Select:
    case Opcode::SelectT: return select(in);
    case Opcode::LocalGet:
    case Opcode::LocalSet:
    case Opcode::LocalTee: return local(in);
    case Opcode::GlobalGet: return globalGet(in.index);
    case Opcode::GlobalSet: return globalSet(in.index);
    case Opcode::MemorySize:
    case Opcode::MemoryGrow:
    case Opcode::MemoryFill:
    case Opcode::MemoryInit:
    case Opcode::DataDrop: return memoryOp(in);
    case Opcode::MemoryCopy: return memoryCopy(in);
    case Opcode::TableGet:
    case Opcode::TableSet:
    case Opcode::TableSize:
    case Opcode::TableGrow:
    case Opcode::TableFill: return tableOp(in);
    case Opcode::TableCopy: return tableCopy(in);
    case Opcode::TableInit:
    case Opcode::ElemDrop: return tableInit(in);
    case Opcode::RefNull: return push(in.type), true;
    case Opcode::RefIsNull: return refIsNull();
    case Opcode::RefFunc: return refFunc(in.index);
    default: return simple(in);
  }
}

// Stacks.

bool Validator::pop(ValType expected) {
  const Frame& frame = frames_.back();
  if (operands_.size() == frame.height) return frame.unreachable || mismatch(text(expected), "no operand");
  const ValType found = operands_.back();
  if (!fits(found, expected)) return mismatch(text(expected), text(found));
  operands_.pop_back();
  return true;
}

bool Validator::pop(Types types) {
  for (size_t i = types.size(); i > 0; --i)
    if (!pop(types[i - 1])) return false;
  return true;
}

std::optional<ValType> Validator::popAny() {
  const Frame& frame = frames_.back();
  if (operands_.size() == frame.height) {
    if (frame.unreachable) return kUnknown;
    mismatch("an operand", "none");
    return std::nullopt;
  }
  const ValType found = operands_.back();
  operands_.pop_back();
  return found;
}

bool Validator::pushFrame(Opcode kind, const BlockType& type) {
  if (frames_.size() > limits::kNesting)
    return fail("blocks are nested too deeply: the limit is " + std::to_string(limits::kNesting));
  frames_.push_back({kind, type, operands_.size(), false});
  push(type.params);
  return true;
}

// Checks the operands at the end of a block or of one of its branches.
bool Validator::finishFrame(const char* where) {
  const Frame& frame = frames_.back();
  if (!pop(frame.type.results)) return false;
  if (operands_.size() == frame.height) return true;
  std::vector<ValType> found(operands_.begin() + static_cast<ptrdiff_t>(frame.height), operands_.end());
  found.insert(found.end(), frame.type.results.begin(), frame.type.results.end());
  return fail(std::string("type mismatch at the end of the ") + where + ": expected " +
              text(frame.type.results) + ", found " + text(found));
}

void Validator::restartFrame(Opcode kind) {
  Frame& frame = frames_.back();
  operands_.resize(frame.height);
  frame.kind = kind;
  frame.unreachable = false;
  frame.clause = offset_;
}

bool Validator::popFrame(Types results) {
  operands_.resize(frames_.back().height);
  frames_.pop_back();
  push(results);
  return true;
}

void Validator::markUnreachable() {
  operands_.resize(frames_.back().height);
  frames_.back().unreachable = true;
}

const Validator::Frame* Validator::label(uint32_t depth) {
  if (depth < frames_.size()) return &frames_[frames_.size() - 1 - depth];
  fail("unknown label: found depth " + std::to_string(depth) + ", the deepest is " +
       std::to_string(frames_.size() - 1));
  return nullptr;
}

// Numeric, vector and memory access instructions: their types stand in the opcode table.
bool Validator::simple(const Instr& in) {
  if (opcodeMemorySize(in.op) != 0) return access(in);
  if (!lane(in)) return false;
  const OpcodeSignature signature = opcodeSignature(in.op);
  if (!pop(signature.params)) return false;
  push(signature.results);
  return true;
}

// Control.

bool Validator::block(const Instr& in) {
  if (in.op == Opcode::If && !pop(ValType::i32())) return false;
  return pop(in.block.params) && pushFrame(in.op, in.block);
}

bool Validator::otherwise() {
  if (frames_.back().kind != Opcode::If) return fail("found outside of an if");
  if (!finishFrame("if")) return false;
  restartFrame(Opcode::Else);
  push(frames_.back().type.params);
  return true;
}

bool Validator::endBlock() {
  const BlockType type = frames_.back().type;
  if (!finishFrame(opcodeText(frames_.back().kind))) return false;
  if (frames_.back().kind == Opcode::If && !std::ranges::equal(type.params, type.results))
    return fail("type mismatch: an if without an else leaves its parameters " + text(type.params) +
                ", expected " + text(type.results));
  return popFrame(type.results);
}

bool Validator::catchClause(const Instr& in) {
  const Opcode kind = frames_.back().kind;
  if (kind == Opcode::CatchAll) return fail("found after catch_all, expected end");
  if (kind != Opcode::Try && kind != Opcode::Catch) return fail("found outside of a try");
  if (in.op == Opcode::Catch && in.index >= module_.tags.size())
    return badIndex("tag", in.index, module_.tags.size());
  if (!finishFrame(opcodeText(kind))) return false;
  restartFrame(in.op);
  if (in.op == Opcode::Catch) push(module_.types[module_.tags[in.index].type].params);
  return true;
}

bool Validator::delegate(uint32_t depth) {
  if (frames_.back().kind != Opcode::Try) return fail("found outside of a try, or after a catch");
  // The labels count from the block around the try.
  const size_t enclosing = frames_.size() - 1;
  if (depth >= enclosing)
    return fail("unknown label: found depth " + std::to_string(depth) + ", the deepest is " +
                std::to_string(enclosing - 1));
  return finishFrame("try") && popFrame(frames_.back().type.results);
}

bool Validator::throwTag(uint32_t tag) {
  if (tag >= module_.tags.size()) return badIndex("tag", tag, module_.tags.size());
  if (!pop(module_.types[module_.tags[tag].type].params)) return false;
  markUnreachable();
  return true;
}

bool Validator::rethrow(uint32_t depth) {
  const Frame* target = label(depth);
  if (!target) return false;
  if (target->kind != Opcode::Catch && target->kind != Opcode::CatchAll)
    return fail("invalid label: depth " + std::to_string(depth) + " is not a catch");
  module_.rethrown.push_back(target->clause);
  markUnreachable();
  return true;
}

bool Validator::br(uint32_t depth) {
  const Frame* target = label(depth);
  if (!target || !pop(labelTypes(*target))) return false;
  markUnreachable();
  return true;
}

bool Validator::brIf(uint32_t depth) {
  const Frame* target = label(depth);
  if (!target || !pop(ValType::i32())) return false;
  const Types types = labelTypes(*target);
  if (!pop(types)) return false;
  push(types);
  return true;
}

bool Validator::brTable(std::span<const uint32_t> depths) {
  if (!pop(ValType::i32())) return false;
  const Frame* fallback = label(depths.back());
  if (!fallback) return false;
  const size_t arity = labelTypes(*fallback).size();
  std::vector<ValType> kept;
  for (uint32_t depth : depths) {
    const Frame* target = label(depth);
    if (!target) return false;
    const Types types = labelTypes(*target);
    if (types.size() != arity)
      return mismatch("labels with " + std::to_string(arity) + " operands, as the default has",
                      std::to_string(types.size()));
    // All targets see the same operands.
    kept.assign(
        operands_.end() - static_cast<ptrdiff_t>(std::min(arity, operands_.size() - frames_.back().height)),
        operands_.end());
    if (!pop(types)) return false;
    push(kept);
  }
  markUnreachable();
  return true;
}

bool Validator::leave() {
  if (!pop(frames_.front().type.results)) return false;
  markUnreachable();
  return true;
}

bool Validator::call(const FuncType* type, bool is_tail) {
  if (!type) return false;
  if (!pop(type->params)) return false;
  if (!is_tail) return push(type->results), true;
  const Types results = frames_.front().type.results;
  if (!std::ranges::equal(type->results, results))
    return mismatch("a callee with the results " + text(results), text(type->results));
  module_.functions[function_].tail = true;
  markUnreachable();
  return true;
}

bool Validator::returnCall(uint32_t function) {
  if (!call(callee(function), true)) return false;
  module_.functions[function].tail = true;
  return true;
}

bool Validator::callIndirect(const Instr& in, bool is_tail) {
  const FuncType* type = funcType(in.index);
  const Table* target = type ? table(in.index2) : nullptr;
  if (!target) return false;
  if (!target->type.element.isFuncRef())
    return mismatch("a table of funcref", "one of " + text(target->type.element));
  return pop(target->type.limits.is64 ? ValType::i64() : ValType::i32()) && call(type, is_tail);
}

bool Validator::select(const Instr& in) {
  if (in.op == Opcode::SelectT) {
    if (!pop({in.type, in.type, ValType::i32()})) return false;
    return push(in.type), true;
  }
  if (!pop(ValType::i32())) return false;
  const auto second = popAny();
  const auto first = second ? popAny() : std::nullopt;
  if (!first) return false;
  if (first->isRef() || second->isRef())
    return mismatch("numbers or vectors, or a result type", "references");
  if (!fits(*first, *second))
    return mismatch("two operands of one type", text(*first) + " and " + text(*second));
  return push(*first == kUnknown ? *second : *first), true;
}

}  // namespace wasmc::compiler
