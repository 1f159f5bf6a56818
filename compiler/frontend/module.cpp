#include "frontend/module.h"

namespace wasmc::compiler {

std::string valTypeText(ValType type) {
  switch (type.code) {
    case abi::TypeCode::I32: return "i32";
    case abi::TypeCode::I64: return "i64";
    case abi::TypeCode::F32: return "f32";
    case abi::TypeCode::F64: return "f64";
    case abi::TypeCode::V128: return "v128";
    case abi::TypeCode::Ref: break;
  }
  if (type == ValType::funcref()) return "funcref";
  if (type == ValType::externref()) return "externref";
  return "ref";
}

std::string Module::functionLabel(uint32_t function) const {
  const std::string& known = functions[function].name;
  return known.empty() ? "func[" + std::to_string(function) + "]" : known;
}

}  // namespace wasmc::compiler
