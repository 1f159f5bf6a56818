// Segments, bodies and constant expressions of a module's outline.
#include "frontend/byte_reader.h"
#include "frontend/wabt_outline.h"

namespace wasmc::compiler {

wabt::Result OutlineReader::BeginElemSegment(Index, Index table, uint8_t flags) {
  const bool active = !(flags & wabt::SegPassive);
  elem_ = ElemSegment{};
  elem_.mode = active ? SegmentMode::Active
                      : (flags & wabt::SegExplicitIndex ? SegmentMode::Declared : SegmentMode::Passive);
  elem_.table = table;
  if (!active && !use(Feature::BulkMemory, "a passive element segment")) return failed();
  if (active && table >= module_.tables.size())
    return badIndex("table", table, module_.tables.size()), failed();
  return wabt::Result::Ok;
}

wabt::Result OutlineReader::OnElemSegmentElemType(Index, wabt::Type type) {
  const auto value = valueType(type);
  if (!value) return failed();
  elem_.type = *value;
  if (elem_.mode != SegmentMode::Active) return wabt::Result::Ok;
  const ValType expected = module_.tables[elem_.table].type.element;
  if (elem_.type == expected) return wabt::Result::Ok;
  return fail("type mismatch in an element segment: expected " + valTypeText(expected) +
              ", as the table has, found " + valTypeText(elem_.type));
}

wabt::Result OutlineReader::OnElemSegmentElemExpr_RefNull(Index, wabt::Type type) {
  const auto value = valueType(type);
  return value ? addElement({.op = abi::ConstInstr::Op::RefNull}, *value) : failed();
}

wabt::Result OutlineReader::OnElemSegmentElemExpr_RefFunc(Index, Index function) {
  if (function >= module_.functions.size())
    return badIndex("function", function, module_.functions.size()), failed();
  module_.functions[function].referenced = true;
  return addElement({.op = abi::ConstInstr::Op::RefFunc, .index = function}, ValType::funcref());
}

wabt::Result OutlineReader::addElement(abi::ConstInstr instr, ValType type) {
  if (type != elem_.type)
    return fail("type mismatch in an element segment: expected " + valTypeText(elem_.type) +
                ", found an element of " + valTypeText(type));
  elem_.elements.push_back({instr});
  return wabt::Result::Ok;
}

// Of the constant expressions, wabt knows only ref.func and ref.null as elements. It reports another one and
// then goes on to look for its end: global.get can be read in between.
bool OutlineReader::readGlobalElement(std::string_view message) {
  constexpr uint8_t kGlobalGet = 0x23;
  const std::span<const uint8_t> bytes = core_.bytes();
  if (!message.starts_with("expected ref.null or ref.func") || bytes[state->offset - 1] != kGlobalGet)
    return false;
  ByteReader in(bytes, state->offset, bytes.size());
  const auto global = in.u32();
  if (!global) return false;
  const_cast<State*>(state)->offset = in.position();
  const abi::ConstInstr instr{.op = abi::ConstInstr::Op::GlobalGet, .index = *global};
  ConstExprChecker checker(module_, gate_);
  auto wrong = checker.add(Opcode::GlobalGet, instr, {});
  if (!wrong) wrong = checker.finish(elem_.type);
  if (wrong) return reject(std::move(*wrong));
  elem_.elements.push_back({instr});
  return true;
}

wabt::Result OutlineReader::BeginDataSegment(Index, Index memory, uint8_t flags) {
  constexpr uint8_t kPassive = 1;
  constexpr uint8_t kWithMemory = 2;
  if (flags > kWithMemory)
    return fail("unknown flags of a data segment: found " + std::to_string(flags) + ", expected at most 2");
  if (flags == kPassive && !use(Feature::BulkMemory, "a passive data segment")) return failed();
  data_ = DataSegment{flags == kPassive ? SegmentMode::Passive : SegmentMode::Active, memory, {}, {}};
  if (flags != kPassive && memory >= module_.memories.size())
    return badIndex("memory", memory, module_.memories.size()), failed();
  return wabt::Result::Ok;
}

wabt::Result OutlineReader::BeginFunctionBody(Index function, wabt::Offset size) {
  const size_t begin = core_.original(state->offset);
  const size_t left = sections_.find(SectionId::Code)->end - begin;
  if (size > left)
    return fail("a function body runs past the code section's end: its size is " + std::to_string(size) +
                " bytes, " + std::to_string(left) + " are left");
  function_ = function;
  module_.functions[function].body_offset = begin;
  module_.functions[function].body_size = static_cast<uint32_t>(size);
  locals_ = module_.functionType(function).params.size();
  return wabt::Result::Ok;
}

wabt::Result OutlineReader::OnLocalDecl(Index, Index count, wabt::Type type) {
  locals_ += count;
  if (locals_ > limits::kLocals) return tooMany("locals", locals_, limits::kLocals);
  return passed(valueType(type).has_value());
}

wabt::Result OutlineReader::beginConstExpr(ConstExpr& out) {
  const_expr_ = &out;
  const_checker_.emplace(module_, gate_);
  const_ended_ = false;
  const_next_ = state->offset;
  return wabt::Result::Ok;
}

wabt::Result OutlineReader::OnOpcode(wabt::Opcode op) {
  if (op.IsInvalid()) return fail(explainOpcode(module_.bytes.subspan(core_.original(const_next_))));
  const_op_ = static_cast<Opcode>(static_cast<wabt::Opcode::Enum>(op));
  if (const_op_ == Opcode::End || constOp(const_op_)) return wabt::Result::Ok;
  return fail(std::string(opcodeText(const_op_)) + " is not allowed in a constant expression");
}

wabt::Result OutlineReader::addConst(abi::ConstInstr instr, ValType ref) {
  instr.op = *constOp(const_op_);
  if (auto message = const_checker_->add(const_op_, instr, ref)) return fail(std::move(*message));
  if (const_op_ == Opcode::RefFunc) module_.functions[instr.index].referenced = true;
  const_expr_->push_back(instr);
  const_next_ = state->offset;
  return wabt::Result::Ok;
}

wabt::Result OutlineReader::endConstExpr(ValType expected) {
  if (!const_ended_) return fail("a constant expression lacks its end instruction");
  if (auto message = const_checker_->finish(expected)) return fail(std::move(*message));
  return wabt::Result::Ok;
}

}  // namespace wasmc::compiler
