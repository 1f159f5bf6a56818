#include "operators.h"

#include <array>
#include <map>

namespace wasmc::differential {
namespace {

struct Row {
  std::string_view name;
  Opcode opcode;
  std::optional<Type> result;
  std::array<std::optional<Type>, 3> params;
  unsigned bytes;
};

#define WASMC_TYPE_I32 Type::I32
#define WASMC_TYPE_I64 Type::I64
#define WASMC_TYPE_F32 Type::F32
#define WASMC_TYPE_F64 Type::F64
#define WASMC_TYPE_V128 Type::V128
#define WASMC_TYPE____ std::nullopt
#define WABT_OPCODE(result, p1, p2, p3, bytes, prefix, code, Name, text, decompiled) \
  Row{text, {prefix, code}, WASMC_TYPE_##result, {WASMC_TYPE_##p1, WASMC_TYPE_##p2, WASMC_TYPE_##p3}, bytes},
const Row kRows[] = {
#include <wabt/opcode.def>
};
#undef WABT_OPCODE

bool isMemory(const Row& row) { return row.bytes > 0; }
bool isAtomic(const Row& row) { return row.opcode.prefix == 0xfe; }
bool isLoad(const Row& row) { return row.name.contains(".load"); }
bool isRelaxed(const Row& row) { return row.opcode.prefix == 0xfd && row.opcode.code >= 0x100; }

// Operators without immediates, or with that of a lane.
bool isPlain(const Row& row) {
  if (isMemory(row) || isRelaxed(row) || !row.result || !row.params[0]) return false;
  switch (row.opcode.prefix) {
    case 0: return row.opcode.code >= 0x45 && row.opcode.code <= 0xc4;
    case 0xfc: return row.opcode.code <= 0x07;
    case 0xfd: return true;
    default: return false;
  }
}

// wabt's table gives the unary operators of floats a second operand.
bool isUnaryFloat(const Row& row) {
  const uint32_t code = row.opcode.code;
  return row.opcode.prefix == 0 && ((code >= 0x8b && code <= 0x91) || (code >= 0x99 && code <= 0x9f));
}

unsigned lanesOf(const Row& row) {
  if (row.name.ends_with("_lane") && isMemory(row)) return 16 / row.bytes;
  if (!row.name.contains("extract_lane") && !row.name.contains("replace_lane")) return 0;
  if (row.name.starts_with("i8x16")) return 16;
  if (row.name.starts_with("i16x8")) return 8;
  return row.name.contains("x4.") ? 4 : 2;
}

Payload payloadOf(const Row& row) {
  const std::string_view name = row.name;
  if (name == "i32.reinterpret_f32" || name == "i64.reinterpret_f64" || name.ends_with(".copysign"))
    return Payload::Operand;
  if (name == "f32.store" || name == "f64.store") return Payload::Operand;
  if (!name.starts_with("f32x4.") && !name.starts_with("f64x2.")) return Payload::Hidden;
  const std::string_view operation = name.substr(6);
  if (operation == "splat" || operation == "replace_lane") return Payload::Operand;
  for (std::string_view computes : {"add", "sub", "mul", "div", "min", "max", "sqrt", "ceil", "floor",
                                    "trunc", "nearest", "demote_f64x2_zero", "promote_low_f32x4"})
    if (operation == computes) return name.starts_with("f32") ? Payload::Lanes32 : Payload::Lanes64;
  return Payload::Hidden;
}

Operator make(const Row& row) {
  Operator made{row.name, row.opcode, row.result, {}, row.bytes, lanesOf(row), payloadOf(row)};
  for (size_t i = isMemory(row) ? 1 : 0; i < row.params.size(); ++i)
    if (row.params[i] && !(i == 1 && isUnaryFloat(row))) made.params.push_back(*row.params[i]);
  return made;
}

using ByResult = std::map<std::optional<Type>, std::vector<Operator>>;

template <typename Wanted>
ByResult collect(Wanted wanted) {
  ByResult found;
  for (const Row& row : kRows)
    if (wanted(row)) found[row.result].push_back(make(row));
  return found;
}

const std::vector<Operator>& listOf(const ByResult& lists, std::optional<Type> result) {
  static const std::vector<Operator> kNone;
  const auto found = lists.find(result);
  return found == lists.end() ? kNone : found->second;
}

const ByResult& accesses() {
  static const ByResult kLists =
      collect([](const Row& row) { return isMemory(row) && !isAtomic(row) && (isLoad(row) || !row.result); });
  return kLists;
}

// Not memory.atomic.wait: it may wait.
const ByResult& atomics() {
  static const ByResult kLists =
      collect([](const Row& row) { return isAtomic(row) && isMemory(row) && !row.name.contains(".wait"); });
  return kLists;
}

}  // namespace

const std::vector<Operator>& operatorsFor(Type result) {
  static const ByResult kLists = collect(isPlain);
  return listOf(kLists, result);
}
const std::vector<Operator>& loadsFor(Type result) { return listOf(accesses(), result); }
const std::vector<Operator>& stores() { return listOf(accesses(), std::nullopt); }
const std::vector<Operator>& atomicsFor(Type result) { return listOf(atomics(), result); }
const std::vector<Operator>& atomicStores() { return listOf(atomics(), std::nullopt); }

}  // namespace wasmc::differential
