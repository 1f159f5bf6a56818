// Numbers, variables, memories, tables.
#include "body.h"

namespace wasmc::differential {

void Body::number(Type type, uint64_t value) {
  if (type == Type::I64)
    code_.op(0x42).s(static_cast<int64_t>(value));
  else
    i32(static_cast<int32_t>(value));
}

void Body::operands(const Operator& chosen, int depth) {
  for (size_t i = 0; i < chosen.params.size(); ++i) {
    const bool seen = chosen.payload == Payload::Operand && i + 1 == chosen.params.size();
    if (seen)
      canonicalValue(chosen.params[i], depth);
    else
      value(chosen.params[i], depth);
  }
}

// Immediates behind the opcode, and NaNs of lanes made one.
void Body::finish(const Operator& chosen) {
  if (chosen.lanes) code_.byte(choices_.below(chosen.lanes));
  if (chosen.name == "i8x16.shuffle")
    for (int i = 0; i < 16; ++i) code_.byte(choices_.below(32));
  if (chosen.payload != Payload::Lanes32 && chosen.payload != Payload::Lanes64) return;
  const uint32_t local = newLocal(Type::V128);
  tee(local);
  const uint64_t nan = chosen.payload == Payload::Lanes32 ? 0x7fc000007fc00000 : 0x7ff8000000000000;
  code_.op({0xfd, 0x0c}).fixed(nan, 8).fixed(nan, 8);
  get(local);
  get(local);
  code_.op({0xfd, chosen.payload == Payload::Lanes32 ? 0x41u : 0x47u});  // f32x4.eq, f64x2.eq
  code_.op({0xfd, 0x52});
  tee(local);  // or what comes later would see it there
}

bool Body::operatorValue(Type type, int depth) {
  const std::vector<Operator>& all = operatorsFor(type);
  if (all.empty()) return false;
  const Operator& chosen = choices_.among(all);
  operands(chosen, depth);
  code_.op(chosen.opcode);
  finish(chosen);
  return true;
}

bool Body::teeValue(Type type, int depth) {
  value(type, depth);
  tee(newLocal(type));
  return true;
}

bool Body::setStatement(int depth) {
  const uint32_t local = choices_.below(locals_.size() + 1);
  for (const Counter& counter : counters_)
    if (counter.local == local) return false;
  if (local == locals_.size()) return false;
  value(locals_[local], depth);
  set(local);
  return true;
}

bool Body::globalValue(Type type, int) {
  for (uint32_t i = 1 + choices_.below(4); i < module_.globals.size(); ++i)
    if (module_.globals[i].type == type) {
      code_.op(0x23).u(i);
      return true;
    }
  return false;
}

bool Body::globalStatement(int depth) {
  const uint32_t global = choices_.below(module_.globals.size());
  if (global == 0 || !module_.globals[global].is_mutable) return false;
  value(module_.globals[global].type, depth);
  code_.op(0x24).u(global);
  return true;
}

// Index of an element or a byte of `size`, nearly always of one that exists.
void Body::indexInto(Type type, uint64_t size, int depth) {
  if (wild()) {
    static constexpr uint64_t kFar[] = {0xffffffff,  0x80000000,         0x7fffffff,        0xfffffff0,
                                        0x1ffffffff, 0xffffffffffffffff, 0x8000000000000000};
    const uint32_t which = choices_.below(4);
    if (which == 0) return value(type, depth);
    if (which == 1) return number(type, kFar[choices_.below(std::size(kFar))]);
    return number(type, size - choices_.below(20) + (which == 3 ? 2 : 0));
  }
  // A power of two that is not above the size, less one.
  uint64_t mask = 1;
  while (mask * 2 <= size) mask *= 2;
  if (choices_.below(2) == 0) return number(type, choices_.bits(2) & (mask - 1));
  value(type, depth);
  number(type, mask - 1);
  code_.op(type == Type::I64 ? 0x83 : 0x71);
}

// The address is on the stack, the rest comes behind the opcode.
Body::MemoryArgument Body::address(uint32_t memory, const Operator& chosen, int depth) {
  const MemoryShape& shape = module_.memories[memory];
  const Type type = shape.is64 ? Type::I64 : Type::I32;
  const bool atomic = chosen.opcode.prefix == 0xfe;
  uint32_t natural = 0;
  while (1u << natural < chosen.bytes) ++natural;
  const uint32_t align = atomic ? natural : natural - choices_.below(natural + 1);
  uint64_t offset = choices_.below(3) == 2 ? choices_.bits(1) : 0;
  if (wild()) {
    static constexpr uint64_t kFar[] = {0xffffffff, 0xfffffff8,  0x80000000,        0x10000,
                                        0xffff,     0x100000000, 0xffffffffffffffff};
    offset = kFar[choices_.below(std::size(kFar) - (shape.is64 && module_.memories.size() == 1 ? 0 : 2))];
  } else if (atomic) {
    offset &= ~uint64_t{chosen.bytes - 1};
  }
  for (const Counter& counter : counters_)
    if (counter.type == type && choices_.below(4)) {
      // base + counter * size, as in an array
      get(counter.local);
      if (choices_.below(2)) {
        number(type, natural);
        code_.op(type == Type::I64 ? 0x86 : 0x74);
      }
      if (choices_.below(2)) {
        if (choices_.below(2))
          number(type, choices_.bits(2) & 0x7ff8);
        else {
          simple(type);
          number(type, 0x7ff8);
          code_.op(type == Type::I64 ? 0x83 : 0x71);
        }
        code_.op(type == Type::I64 ? 0x7c : 0x6a);
      }
      if (atomic) {
        number(type, 0xfff8);
        code_.op(type == Type::I64 ? 0x83 : 0x71);
      }
      return {memory, align, offset};
    }
  indexInto(type, std::max<uint64_t>(shape.pages, 1) * 0x8000, depth);
  if (atomic && !wild()) {
    number(type, ~uint64_t{chosen.bytes - 1});
    code_.op(type == Type::I64 ? 0x83 : 0x71);
  }
  return {memory, align, offset};
}

void Body::argument(const MemoryArgument& memory) {
  code_.u(memory.align | (memory.memory ? 0x40 : 0));
  if (memory.memory) code_.u(memory.memory);
  code_.u(memory.offset);
}

bool Body::loadValue(Type type, int depth) {
  const std::vector<Operator>& all = loadsFor(type);
  if (all.empty() || module_.memories.empty()) return false;
  const Operator& chosen = choices_.among(all);
  const MemoryArgument memory = address(choices_.below(module_.memories.size()), chosen, depth);
  operands(chosen, depth);
  code_.op(chosen.opcode);
  argument(memory);
  finish(chosen);
  return true;
}

bool Body::atomicValue(Type type, int depth) {
  const std::vector<Operator>& all = atomicsFor(type);
  if (all.empty() || module_.memories.empty()) return false;
  const Operator& chosen = choices_.among(all);
  const MemoryArgument memory = address(choices_.below(module_.memories.size()), chosen, depth);
  operands(chosen, depth);
  code_.op(chosen.opcode);
  argument(memory);
  return true;
}

bool Body::storeStatement(int depth) {
  if (module_.memories.empty()) return false;
  const std::vector<Operator>& all = counters_.empty() && choices_.chance(32) ? atomicStores() : stores();
  const Operator& chosen = choices_.among(all);
  const MemoryArgument memory = address(choices_.below(module_.memories.size()), chosen, depth);
  operands(chosen, depth);
  code_.op(chosen.opcode);
  argument(memory);
  finish(chosen);
  return true;
}

// memory.size, memory.grow: i32 or i64, as the memory has it.
bool Body::memoryValue(Type type, int depth) {
  if (module_.memories.empty()) return false;
  const uint32_t memory = choices_.below(module_.memories.size());
  const Type index = module_.memories[memory].is64 ? Type::I64 : Type::I32;
  if (index != type) return false;
  if (choices_.below(2)) {
    if (wild())
      value(index, depth);
    else
      number(index, choices_.below(3));
    code_.op(0x40).u(memory);
  } else {
    code_.op(0x3f).u(memory);
  }
  return true;
}

bool Body::bulkStatement(int depth) {
  if (module_.memories.empty()) return false;
  const uint32_t memory = choices_.below(module_.memories.size());
  const MemoryShape& shape = module_.memories[memory];
  const Type index = shape.is64 ? Type::I64 : Type::I32;
  const uint64_t size = std::max<uint64_t>(shape.pages, 1) * 0x8000;
  switch (choices_.below(4)) {
    case 0:
      indexInto(index, size, depth);
      value(Type::I32, depth);
      indexInto(index, choices_.below(2) ? 16 : 1024, depth);
      code_.op({0xfc, 0x0b}).u(memory);
      return true;
    case 1: {
      // Between memories of one kind of address.
      uint32_t from = choices_.below(module_.memories.size());
      if (module_.memories[from].is64 != shape.is64) from = memory;
      indexInto(index, size, depth);
      indexInto(index, std::max<uint64_t>(module_.memories[from].pages, 1) * 0x8000, depth);
      indexInto(index, choices_.below(2) ? 16 : 1024, depth);
      code_.op({0xfc, 0x0a}).u(memory).u(from);
      return true;
    }
    case 2: {
      if (module_.data.empty()) return false;
      const uint32_t segment = choices_.below(module_.data.size());
      indexInto(index, size, depth);
      indexInto(Type::I32, 4, depth);
      indexInto(Type::I32, 4, depth);
      code_.op({0xfc, 0x08}).u(segment).u(memory);
      return true;
    }
    default:
      if (module_.data.empty() || choices_.below(4) != 3) return false;
      code_.op({0xfc, 0x09}).u(choices_.below(module_.data.size()));
      return true;
  }
}

bool Body::tableValue(Type type, int depth) {
  if (type == Type::I32 && choices_.below(2)) {
    const Type reference = choices_.below(2) ? Type::ExternRef : Type::FuncRef;
    value(reference, depth);
    code_.op(0xd1);
    return true;
  }
  if (module_.tables.empty()) return false;
  const uint32_t table = choices_.below(module_.tables.size());
  const TableShape& shape = module_.tables[table];
  if (type == Type::I32) {
    if (choices_.below(2)) {
      value(shape.element, depth);
      number(Type::I32, choices_.below(3));
      code_.op({0xfc, 0x0f}).u(table);
    } else {
      code_.op({0xfc, 0x10}).u(table);
    }
    return true;
  }
  if (type != shape.element || shape.size == 0) return false;
  indexInto(Type::I32, shape.size, depth);
  code_.op(0x25).u(table);
  return true;
}

bool Body::tableStatement(int depth) {
  if (module_.tables.empty()) return false;
  const uint32_t table = choices_.below(module_.tables.size());
  const TableShape& shape = module_.tables[table];
  if (shape.size < 4) return false;
  const bool functions = shape.element == Type::FuncRef;
  switch (choices_.below(5)) {
    case 0:
      indexInto(Type::I32, shape.size, depth);
      value(shape.element, depth);
      code_.op(0x26).u(table);
      return true;
    case 1:
      indexInto(Type::I32, shape.size / 2, depth);
      value(shape.element, depth);
      indexInto(Type::I32, shape.size / 2, depth);
      code_.op({0xfc, 0x11}).u(table);
      return true;
    case 2: {
      uint32_t from = choices_.below(module_.tables.size());
      if (module_.tables[from].element != shape.element) from = table;
      indexInto(Type::I32, shape.size / 2, depth);
      indexInto(Type::I32, module_.tables[from].size / 2, depth);
      indexInto(Type::I32, 2, depth);
      code_.op({0xfc, 0x0e}).u(table).u(from);
      return true;
    }
    case 3:
      if (!functions || module_.elements.empty()) return false;
      indexInto(Type::I32, shape.size / 2, depth);
      indexInto(Type::I32, 2, depth);
      indexInto(Type::I32, 2, depth);
      code_.op({0xfc, 0x0c}).u(choices_.below(module_.elements.size())).u(table);
      return true;
    default:
      if (module_.elements.empty()) return false;
      code_.op({0xfc, 0x0d}).u(choices_.below(module_.elements.size()));
      return true;
  }
}

}  // namespace wasmc::differential
