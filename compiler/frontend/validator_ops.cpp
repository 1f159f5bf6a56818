// Validation of the instructions on variables, memories, tables, segments and references.
#include "frontend/validator.h"

#include "frontend/limits.h"

#include <algorithm>
#include <bit>

namespace wasmc::compiler {
namespace {

ValType addressType(const Limits& limits) { return limits.is64 ? ValType::i64() : ValType::i32(); }

// The type of a length that two memories or tables share.
ValType shorterAddress(const Limits& a, const Limits& b) {
  return a.is64 && b.is64 ? ValType::i64() : ValType::i32();
}

bool isAtomic(Opcode op) { return opcodeFeature(op) == Feature::Threads; }

// Lanes that an instruction with a lane immediate can name; 0 for those without.
uint32_t laneCount(Opcode op) {
  switch (op) {
    case Opcode::I8X16ExtractLaneS:
    case Opcode::I8X16ExtractLaneU:
    case Opcode::I8X16ReplaceLane:
    case Opcode::V128Load8Lane:
    case Opcode::V128Store8Lane: return 16;
    case Opcode::I16X8ExtractLaneS:
    case Opcode::I16X8ExtractLaneU:
    case Opcode::I16X8ReplaceLane:
    case Opcode::V128Load16Lane:
    case Opcode::V128Store16Lane: return 8;
    case Opcode::I32X4ExtractLane:
    case Opcode::I32X4ReplaceLane:
    case Opcode::F32X4ExtractLane:
    case Opcode::F32X4ReplaceLane:
    case Opcode::V128Load32Lane:
    case Opcode::V128Store32Lane: return 4;
    case Opcode::I64X2ExtractLane:
    case Opcode::I64X2ReplaceLane:
    case Opcode::F64X2ExtractLane:
    case Opcode::F64X2ReplaceLane:
    case Opcode::V128Load64Lane:
    case Opcode::V128Store64Lane: return 2;
    default: return 0;
  }
}

}  // namespace

const FuncType* Validator::funcType(uint32_t type) {
  if (type < module_.types.size()) return &module_.types[type];
  badIndex("type", type, module_.types.size());
  return nullptr;
}

const FuncType* Validator::callee(uint32_t function) {
  if (function < module_.functions.size()) return &module_.functionType(function);
  badIndex("function", function, module_.functions.size());
  return nullptr;
}

const Table* Validator::table(uint32_t index) {
  if (index < module_.tables.size()) return &module_.tables[index];
  badIndex("table", index, module_.tables.size());
  return nullptr;
}

const Memory* Validator::memory(uint32_t index) {
  if (index < module_.memories.size()) return &module_.memories[index];
  badIndex("memory", index, module_.memories.size());
  return nullptr;
}

const ElemSegment* Validator::elemSegment(uint32_t index) {
  if (index < module_.elem_segments.size()) return &module_.elem_segments[index];
  badIndex("element segment", index, module_.elem_segments.size());
  return nullptr;
}

bool Validator::dataSegment(uint32_t index) {
  if (!has_data_count_) return fail("found in a module without a data count section, expected one");
  return index < module_.data_segments.size() ||
         badIndex("data segment", index, module_.data_segments.size());
}

std::optional<ValType> Validator::localType(uint32_t index) {
  const auto run = std::ranges::upper_bound(locals_, index, {}, &LocalEnd::end);
  if (run != locals_.end()) return run->type;
  badIndex("local", index, locals_.empty() ? 0 : locals_.back().end);
  return std::nullopt;
}

bool Validator::local(const Instr& in) {
  const auto type = localType(in.index);
  if (!type) return false;
  if (in.op != Opcode::LocalGet && !pop(*type)) return false;
  if (in.op != Opcode::LocalSet) push(*type);
  return true;
}

bool Validator::globalGet(uint32_t index) {
  if (index >= module_.globals.size()) return badIndex("global", index, module_.globals.size());
  push(module_.globals[index].type.type);
  return true;
}

bool Validator::globalSet(uint32_t index) {
  if (index >= module_.globals.size()) return badIndex("global", index, module_.globals.size());
  const GlobalType& type = module_.globals[index].type;
  if (!type.is_mutable) return fail("global " + std::to_string(index) + " is immutable");
  return pop(type.type);
}

bool Validator::access(const Instr& in) {
  const Memory* target = memory(in.mem.memory);
  if (!target) return false;
  const uint32_t natural = static_cast<uint32_t>(std::countr_zero(opcodeMemorySize(in.op)));
  if (in.mem.align_log2 > natural || (isAtomic(in.op) && in.mem.align_log2 != natural))
    return fail("invalid alignment: found 2^" + std::to_string(in.mem.align_log2) + ", expected " +
                (isAtomic(in.op) ? "2^" : "at most 2^") + std::to_string(natural));
  if (!lane(in)) return false;
  const OpcodeSignature signature = opcodeSignature(in.op);
  if (!pop(signature.params.subspan(1)) || !pop(addressType(target->type.limits))) return false;
  push(signature.results);
  return true;
}

bool Validator::lane(const Instr& in) {
  const auto check = [&](uint32_t found, uint32_t count) {
    return found < count || fail("invalid lane: found " + std::to_string(found) + ", expected less than " +
                                 std::to_string(count));
  };
  if (const uint32_t count = laneCount(in.op)) return check(in.lane, count);
  if (in.op != Opcode::I8X16Shuffle) return true;
  for (unsigned i = 0; i < 16; ++i) {
    const uint64_t half = i < 8 ? in.bits : in.bits_hi;
    if (!check(half >> (i % 8 * 8) & 0xff, 32)) return false;
  }
  return true;
}

bool Validator::memoryOp(const Instr& in) {
  const bool names_segment = in.op == Opcode::MemoryInit || in.op == Opcode::DataDrop;
  if (names_segment && !dataSegment(in.index)) return false;
  if (in.op == Opcode::DataDrop) return true;
  const Memory* target = memory(in.op == Opcode::MemoryInit ? in.index2 : in.index);
  if (!target) return false;
  const ValType address = addressType(target->type.limits);
  switch (in.op) {
    case Opcode::MemorySize: return push(address), true;
    case Opcode::MemoryGrow: return pop(address) && (push(address), true);
    case Opcode::MemoryFill: return pop({address, ValType::i32(), address});
    default: return pop({address, ValType::i32(), ValType::i32()});
  }
}

bool Validator::memoryCopy(const Instr& in) {
  const Memory* to = memory(in.index);
  const Memory* from = to ? memory(in.index2) : nullptr;
  if (!from) return false;
  return pop({addressType(to->type.limits), addressType(from->type.limits),
              shorterAddress(to->type.limits, from->type.limits)});
}

bool Validator::tableOp(const Instr& in) {
  const Table* target = table(in.index);
  if (!target) return false;
  const ValType address = addressType(target->type.limits);
  const ValType element = target->type.element;
  if (in.op != Opcode::TableGet && in.op != Opcode::TableSize) module_.tables[in.index].written = true;
  switch (in.op) {
    case Opcode::TableGet: return pop(address) && (push(element), true);
    case Opcode::TableSet: return pop({address, element});
    case Opcode::TableSize: return push(address), true;
    case Opcode::TableGrow: return pop({element, address}) && (push(address), true);
    default: return pop({address, element, address});
  }
}

bool Validator::tableCopy(const Instr& in) {
  const Table* to = table(in.index);
  const Table* from = to ? table(in.index2) : nullptr;
  if (!from) return false;
  if (to->type.element != from->type.element)
    return mismatch("a source table of " + valTypeText(to->type.element),
                    "one of " + valTypeText(from->type.element));
  module_.tables[in.index].written = true;
  return pop({addressType(to->type.limits), addressType(from->type.limits),
              shorterAddress(to->type.limits, from->type.limits)});
}

bool Validator::tableInit(const Instr& in) {
  const ElemSegment* segment = elemSegment(in.index);
  if (!segment || in.op == Opcode::ElemDrop) return segment != nullptr;
  const Table* target = table(in.index2);
  if (!target) return false;
  if (target->type.element != segment->type)
    return mismatch("a segment of " + valTypeText(target->type.element),
                    "one of " + valTypeText(segment->type));
  module_.tables[in.index2].written = true;
  return pop({addressType(target->type.limits), ValType::i32(), ValType::i32()});
}

bool Validator::refFunc(uint32_t function) {
  if (function >= module_.functions.size()) return badIndex("function", function, module_.functions.size());
  Function& target = module_.functions[function];
  if (!target.referenced && !target.exported)
    return fail("undeclared function reference: function " + std::to_string(function) +
                " is in no element segment, export or global");
  target.referenced = true;
  push(ValType::funcref());
  return true;
}

bool Validator::refIsNull() {
  const auto found = popAny();
  if (!found) return false;
  constexpr auto kUnknownCode = static_cast<abi::TypeCode>(0);
  if (!found->isRef() && found->code != kUnknownCode) return mismatch("a reference", valTypeText(*found));
  push(ValType::i32());
  return true;
}

}  // namespace wasmc::compiler
