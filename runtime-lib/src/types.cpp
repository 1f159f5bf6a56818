#include <wasmc/types.h>

namespace wasmc {
namespace {

std::string listOf(const std::vector<ValType>& types) {
  std::string text = "(";
  for (size_t i = 0; i < types.size(); ++i) text += (i ? ", " : "") + toString(types[i]);
  return text + ")";
}

std::string limitsText(const Limits& limits) {
  std::string text = std::to_string(limits.min) + "..";
  if (limits.max) text += std::to_string(*limits.max);
  if (limits.is64) text = "i64 " + text;
  return limits.shared ? text + " shared" : text;
}

const char* heapName(abi::HeapCode heap) {
  switch (heap) {
    case abi::HeapCode::Concrete: return "concrete";
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
}

struct TypeText {
  std::string operator()(const FuncType& type) const { return "func " + toString(type); }
  std::string operator()(const TableType& type) const {
    return "table " + limitsText(type.limits) + " " + toString(type.element);
  }
  std::string operator()(const MemoryType& type) const { return "memory " + limitsText(type.limits); }
  std::string operator()(const GlobalType& type) const {
    return (type.is_mutable ? "global mut " : "global ") + toString(type.type);
  }
  std::string operator()(const TagType& type) const { return "tag " + listOf(type.type.params); }
};

}  // namespace

std::string toString(ValType type) {
  switch (type.code) {
    case abi::TypeCode::I32: return "i32";
    case abi::TypeCode::I64: return "i64";
    case abi::TypeCode::F32: return "f32";
    case abi::TypeCode::F64: return "f64";
    case abi::TypeCode::V128: return "v128";
    case abi::TypeCode::Ref: break;
  }
  const std::string heap =
      type.heap == abi::HeapCode::Concrete ? std::to_string(type.index) : heapName(type.heap);
  if (!type.nullable) return "(ref " + heap + ")";
  return type.heap == abi::HeapCode::Concrete ? "(ref null " + heap + ")" : heap + "ref";
}

std::string toString(const FuncType& type) { return listOf(type.params) + " -> " + listOf(type.results); }

std::string toString(const ExternType& type) { return std::visit(TypeText(), type); }

const char* toString(ExternKind kind) {
  switch (kind) {
    case ExternKind::Func: return "func";
    case ExternKind::Table: return "table";
    case ExternKind::Memory: return "memory";
    case ExternKind::Global: return "global";
    case ExternKind::Tag: return "tag";
  }
  return "unknown";
}

}  // namespace wasmc
