#include "contents.h"

#include <bit>
#include <cmath>

namespace wasmc::inspect {

std::string typeText(abi::ValType type) {
  switch (type.code) {
    case abi::TypeCode::I32: return "i32";
    case abi::TypeCode::I64: return "i64";
    case abi::TypeCode::F32: return "f32";
    case abi::TypeCode::F64: return "f64";
    case abi::TypeCode::V128: return "v128";
    case abi::TypeCode::Ref: break;
  }
  const auto name = [&]() -> std::string {
    switch (type.heap) {
      case abi::HeapCode::Concrete: return std::to_string(type.index);
      case abi::HeapCode::NoExn: return "noexn";
      case abi::HeapCode::NoFunc: return "nofunc";
      case abi::HeapCode::NoExtern: return "noextern";
      case abi::HeapCode::None: return "none";
      case abi::HeapCode::Func: return "func";
      case abi::HeapCode::Extern: return "extern";
      case abi::HeapCode::Any: return "any";
      case abi::HeapCode::Eq: return "eq";
      case abi::HeapCode::I31: return "i31";
      case abi::HeapCode::Struct: return "struct";
      case abi::HeapCode::Array: return "array";
      case abi::HeapCode::Exn: return "exn";
    }
    return "unknown";
  }();
  if (type.nullable && type.heap != abi::HeapCode::Concrete) return name + "ref";
  return (type.nullable ? "(ref null " : "(ref ") + name + ")";
}

const char* kindText(abi::ExternKind kind) {
  switch (kind) {
    case abi::ExternKind::Func: return "func";
    case abi::ExternKind::Table: return "table";
    case abi::ExternKind::Memory: return "memory";
    case abi::ExternKind::Global: return "global";
    case abi::ExternKind::Tag: return "tag";
  }
  return "unknown";
}

const char* modeText(abi::SegmentMode mode) {
  switch (mode) {
    case abi::SegmentMode::Active: return "active";
    case abi::SegmentMode::Passive: return "passive";
    case abi::SegmentMode::Declared: return "declared";
  }
  return "unknown";
}

Json limitsJson(const abi::Limits& limits) {
  Json json = Json::object();
  json["min"] = limits.min;
  if (limits.max != UINT64_MAX) json["max"] = limits.max;
  if (limits.is64) json["index"] = "i64";
  if (limits.shared) json["shared"] = true;
  return json;
}

namespace {

using Op = abi::ConstInstr::Op;

// JSON has no infinities and no NaNs.
Json floatJson(double value) { return std::isfinite(value) ? Json(value) : Json(std::to_string(value)); }

Json numberJson(const abi::ConstInstr& instr) {
  switch (instr.op) {
    case Op::I32Const: return static_cast<int32_t>(instr.bits);
    case Op::I64Const: return static_cast<int64_t>(instr.bits);
    case Op::F32Const: return floatJson(std::bit_cast<float>(static_cast<uint32_t>(instr.bits)));
    default: return floatJson(std::bit_cast<double>(instr.bits));
  }
}

std::string instructionText(const abi::ConstInstr& instr) {
  switch (instr.op) {
    case Op::I32Const: return "i32.const " + numberJson(instr).dump();
    case Op::I64Const: return "i64.const " + numberJson(instr).dump();
    case Op::F32Const: return "f32.const " + numberJson(instr).dump();
    case Op::F64Const: return "f64.const " + numberJson(instr).dump();
    case Op::V128Const: return "v128.const";
    case Op::GlobalGet: return "global.get " + std::to_string(instr.index);
    case Op::RefNull: return "ref.null";
    case Op::RefFunc: return "ref.func " + std::to_string(instr.index);
    case Op::I32Add: return "i32.add";
    case Op::I32Sub: return "i32.sub";
    case Op::I32Mul: return "i32.mul";
    case Op::I64Add: return "i64.add";
    case Op::I64Sub: return "i64.sub";
    case Op::I64Mul: return "i64.mul";
  }
  return "unknown";
}

}  // namespace

Json constantJson(std::span<const abi::ConstInstr> expr) {
  if (expr.size() == 1 && expr[0].op <= Op::F64Const) return numberJson(expr[0]);
  std::string text;
  for (const abi::ConstInstr& instr : expr) text += (text.empty() ? "" : "; ") + instructionText(instr);
  return text;
}

Json offsetJson(std::span<const abi::ConstInstr> expr) {
  const bool is_i32 = expr.size() == 1 && expr[0].op == Op::I32Const;
  return is_i32 ? Json(static_cast<uint32_t>(expr[0].bits)) : constantJson(expr);
}

}  // namespace wasmc::inspect
