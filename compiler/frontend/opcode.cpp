#include "frontend/opcode.h"

#include <array>

namespace wasmc::compiler {
namespace {

using abi::ValType;

enum class Column : uint8_t { ___, I32, I64, F32, F64, V128 };  // the types that wabt's table names

struct OpcodeRow {
  const char* text;
  uint32_t memory_size;
  OpcodeCode code;
  std::array<ValType, 3> params;
  std::array<ValType, 1> results;
  uint8_t param_count;
  uint8_t result_count;
};

constexpr ValType columnType(Column c) {
  switch (c) {
    case Column::I64: return ValType::i64();
    case Column::F32: return ValType::f32();
    case Column::F64: return ValType::f64();
    case Column::V128: return ValType::v128();
    default: return ValType::i32();
  }
}

// wabt's table gives f32.abs .. f32.sqrt and f64.abs .. f64.sqrt a second operand, which it then ignores.
constexpr bool isFloatUnary(OpcodeCode code) {
  return code.prefix == 0 &&
         ((code.code >= 0x8b && code.code <= 0x91) || (code.code >= 0x99 && code.code <= 0x9f));
}

constexpr OpcodeRow makeRow(const char* text, uint32_t memory_size, OpcodeCode code, Column result,
                            std::array<Column, 3> params) {
  constexpr ValType kUnused = ValType::i32();
  OpcodeRow row{text, memory_size,          code, {kUnused, kUnused, kUnused}, {columnType(result)},
                0,    result != Column::___};
  for (Column c : params)
    if (c != Column::___) row.params[row.param_count++] = columnType(c);
  if (isFloatUnary(code)) row.param_count = 1;
  return row;
}

constexpr OpcodeRow kRows[] = {
#define WABT_OPCODE(rtype, type1, type2, type3, memory_size, prefix, code, Name, text, decomp) \
  makeRow(text, memory_size, {prefix, code}, Column::rtype, {Column::type1, Column::type2, Column::type3}),
#include <wabt/opcode.def>
#undef WABT_OPCODE
};

const OpcodeRow& row(Opcode op) { return kRows[static_cast<size_t>(op)]; }

}  // namespace

const char* opcodeText(Opcode op) { return row(op).text; }

uint32_t opcodeMemorySize(Opcode op) { return row(op).memory_size; }

OpcodeCode opcodeCode(Opcode op) { return row(op).code; }

OpcodeSignature opcodeSignature(Opcode op) {
  const OpcodeRow& r = row(op);
  return {{r.params.data(), r.param_count}, {r.results.data(), r.result_count}};
}

}  // namespace wasmc::compiler
