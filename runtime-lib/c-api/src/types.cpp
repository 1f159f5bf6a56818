#include "types.h"

#include <wasmc.h>

#include <algorithm>
#include <limits>

namespace wasmc::capi {
namespace {

uint32_t saturate(uint64_t n) {
  return static_cast<uint32_t>(std::min<uint64_t>(n, std::numeric_limits<uint32_t>::max()));
}

wasm_limits_t toC(const Limits& limits) {
  return {saturate(limits.min), limits.max ? saturate(*limits.max) : wasm_limits_max_default};
}

Limits fromC(const wasm_limits_t& limits) {
  Limits result;
  result.min = limits.min;
  if (limits.max != wasm_limits_max_default) result.max = limits.max;
  return result;
}

wasm_valtype_vec_t toC(const std::vector<ValType>& types) {
  wasm_valtype_vec_t vector;
  wasm_valtype_vec_new_uninitialized(&vector, types.size());
  for (size_t i = 0; i < types.size(); ++i) vector.data[i] = new wasm_valtype_t{types[i]};
  return vector;
}

std::vector<ValType> fromC(const wasm_valtype_vec_t& vector) {
  std::vector<ValType> types;
  for (size_t i = 0; i < vector.size; ++i) types.push_back(vector.data[i]->type);
  return types;
}

struct MakeExternType {
  wasm_externtype_t* operator()(const FuncType& type) const { return new wasm_functype_t(type); }
  wasm_externtype_t* operator()(const TableType& type) const { return new wasm_tabletype_t(type); }
  wasm_externtype_t* operator()(const MemoryType& type) const { return new wasm_memorytype_t(type); }
  wasm_externtype_t* operator()(const GlobalType& type) const { return new wasm_globaltype_t(type); }
  wasm_externtype_t* operator()(const TagType& type) const { return new wasm_externtype_t(type); }
};

}  // namespace

wasm_valkind_t kindOf(ValType type) {
  switch (type.code) {
    case abi::TypeCode::I32: return WASM_I32;
    case abi::TypeCode::I64: return WASM_I64;
    case abi::TypeCode::F32: return WASM_F32;
    case abi::TypeCode::F64: return WASM_F64;
    case abi::TypeCode::V128: return WASMC_V128;
    case abi::TypeCode::Ref: break;
  }
  if (type.isFuncRef()) return WASM_FUNCREF;
  return type.isExternRef() ? wasm_valkind_t{WASM_EXTERNREF} : wasm_valkind_t{WASMC_OTHERREF};
}

wasm_externkind_t kindOf(ExternKind kind) {
  switch (kind) {
    case ExternKind::Func: return WASM_EXTERN_FUNC;
    case ExternKind::Table: return WASM_EXTERN_TABLE;
    case ExternKind::Memory: return WASM_EXTERN_MEMORY;
    case ExternKind::Global: return WASM_EXTERN_GLOBAL;
    case ExternKind::Tag: break;
  }
  return WASMC_EXTERN_TAG;
}

ValType typeOfKind(wasm_valkind_t kind) {
  switch (kind) {
    case WASM_I64: return ValType::i64();
    case WASM_F32: return ValType::f32();
    case WASM_F64: return ValType::f64();
    case WASMC_V128: return ValType::v128();
    case WASM_EXTERNREF: return ValType::externref();
    case WASM_FUNCREF: return ValType::funcref();
    default: return ValType::i32();
  }
}

wasm_externtype_t* makeExternType(const ExternType& type) { return std::visit(MakeExternType(), type); }

wasm_name_t makeName(std::string_view text) {
  wasm_name_t name;
  wasm_name_new(&name, text.size(), text.data());
  return name;
}

}  // namespace wasmc::capi

using namespace wasmc::capi;

wasm_functype_t::wasm_functype_t(const wasmc::FuncType& t)
    : wasm_externtype_t(t), params(toC(t.params)), results(toC(t.results)) {}

wasm_functype_t::~wasm_functype_t() {
  wasm_valtype_vec_delete(&params);
  wasm_valtype_vec_delete(&results);
}

wasm_tabletype_t::wasm_tabletype_t(const wasmc::TableType& t)
    : wasm_externtype_t(t), element{t.element}, limits(toC(t.limits)) {}

wasm_memorytype_t::wasm_memorytype_t(const wasmc::MemoryType& t)
    : wasm_externtype_t(t), limits(toC(t.limits)) {}

wasm_importtype_t::~wasm_importtype_t() {
  wasm_name_delete(&module);
  wasm_name_delete(&name);
}

wasm_exporttype_t::~wasm_exporttype_t() { wasm_name_delete(&name); }

wasm_valtype_t* wasm_valtype_new(wasm_valkind_t kind) { return new wasm_valtype_t{typeOfKind(kind)}; }
void wasm_valtype_delete(wasm_valtype_t* type) { delete type; }
wasm_valtype_t* wasm_valtype_copy(const wasm_valtype_t* type) { return new wasm_valtype_t(*type); }
wasm_valkind_t wasm_valtype_kind(const wasm_valtype_t* type) { return kindOf(type->type); }

wasm_functype_t* wasm_functype_new(wasm_valtype_vec_t* params, wasm_valtype_vec_t* results) {
  auto* type = new wasm_functype_t({fromC(*params), fromC(*results)});
  wasm_valtype_vec_delete(params);
  wasm_valtype_vec_delete(results);
  return type;
}
wasm_functype_t* wasmc_functype_new(const wasm_valkind_t* kinds, size_t params, size_t results) {
  wasmc::FuncType type;
  for (size_t i = 0; i < params; ++i) type.params.push_back(typeOfKind(kinds[i]));
  for (size_t i = 0; i < results; ++i) type.results.push_back(typeOfKind(kinds[params + i]));
  return new wasm_functype_t(type);
}
const wasm_valtype_vec_t* wasm_functype_params(const wasm_functype_t* type) { return &type->params; }
const wasm_valtype_vec_t* wasm_functype_results(const wasm_functype_t* type) { return &type->results; }

wasm_globaltype_t* wasm_globaltype_new(wasm_valtype_t* content, wasm_mutability_t mutability) {
  auto* type = new wasm_globaltype_t({content->type, mutability == WASM_VAR});
  wasm_valtype_delete(content);
  return type;
}
const wasm_valtype_t* wasm_globaltype_content(const wasm_globaltype_t* type) { return &type->content; }
wasm_mutability_t wasm_globaltype_mutability(const wasm_globaltype_t* type) {
  return globalTypeOf(type).is_mutable ? WASM_VAR : WASM_CONST;
}

wasm_tabletype_t* wasm_tabletype_new(wasm_valtype_t* element, const wasm_limits_t* limits) {
  auto* type = new wasm_tabletype_t({element->type, fromC(*limits)});
  wasm_valtype_delete(element);
  return type;
}
const wasm_valtype_t* wasm_tabletype_element(const wasm_tabletype_t* type) { return &type->element; }
const wasm_limits_t* wasm_tabletype_limits(const wasm_tabletype_t* type) { return &type->limits; }

wasm_memorytype_t* wasm_memorytype_new(const wasm_limits_t* limits) {
  return new wasm_memorytype_t({fromC(*limits)});
}
const wasm_limits_t* wasm_memorytype_limits(const wasm_memorytype_t* type) { return &type->limits; }

wasm_externkind_t wasm_externtype_kind(const wasm_externtype_t* type) {
  return kindOf(static_cast<wasmc::ExternKind>(type->type.index()));
}
void wasm_externtype_delete(wasm_externtype_t* type) { delete type; }
wasm_externtype_t* wasm_externtype_copy(const wasm_externtype_t* type) { return makeExternType(type->type); }

#define WASMC_C_EXTERNTYPE(name, Type)                                                                     \
  void wasm_##name##_delete(wasm_##name##_t* type) { delete type; }                                        \
  wasm_##name##_t* wasm_##name##_copy(const wasm_##name##_t* type) {                                       \
    return new wasm_##name##_t(*std::get_if<Type>(&type->type));                                           \
  }                                                                                                        \
  wasm_externtype_t* wasm_##name##_as_externtype(wasm_##name##_t* type) { return type; }                   \
  const wasm_externtype_t* wasm_##name##_as_externtype_const(const wasm_##name##_t* type) { return type; } \
  wasm_##name##_t* wasm_externtype_as_##name(wasm_externtype_t* type) {                                    \
    return std::holds_alternative<Type>(type->type) ? static_cast<wasm_##name##_t*>(type) : nullptr;       \
  }                                                                                                        \
  const wasm_##name##_t* wasm_externtype_as_##name##_const(const wasm_externtype_t* type) {                \
    return wasm_externtype_as_##name(const_cast<wasm_externtype_t*>(type));                                \
  }

WASMC_C_EXTERNTYPE(functype, wasmc::FuncType)
WASMC_C_EXTERNTYPE(globaltype, wasmc::GlobalType)
WASMC_C_EXTERNTYPE(tabletype, wasmc::TableType)
WASMC_C_EXTERNTYPE(memorytype, wasmc::MemoryType)

wasm_importtype_t* wasm_importtype_new(wasm_name_t* module, wasm_name_t* name, wasm_externtype_t* type) {
  return new wasm_importtype_t(*module, *name, type);
}
void wasm_importtype_delete(wasm_importtype_t* type) { delete type; }
wasm_importtype_t* wasm_importtype_copy(const wasm_importtype_t* type) {
  wasm_name_t module;
  wasm_name_t name;
  wasm_name_copy(&module, &type->module);
  wasm_name_copy(&name, &type->name);
  return wasm_importtype_new(&module, &name, wasm_externtype_copy(type->type.get()));
}
const wasm_name_t* wasm_importtype_module(const wasm_importtype_t* type) { return &type->module; }
const wasm_name_t* wasm_importtype_name(const wasm_importtype_t* type) { return &type->name; }
const wasm_externtype_t* wasm_importtype_type(const wasm_importtype_t* type) { return type->type.get(); }

wasm_exporttype_t* wasm_exporttype_new(wasm_name_t* name, wasm_externtype_t* type) {
  return new wasm_exporttype_t(*name, type);
}
void wasm_exporttype_delete(wasm_exporttype_t* type) { delete type; }
wasm_exporttype_t* wasm_exporttype_copy(const wasm_exporttype_t* type) {
  wasm_name_t name;
  wasm_name_copy(&name, &type->name);
  return wasm_exporttype_new(&name, wasm_externtype_copy(type->type.get()));
}
const wasm_name_t* wasm_exporttype_name(const wasm_exporttype_t* type) { return &type->name; }
const wasm_externtype_t* wasm_exporttype_type(const wasm_exporttype_t* type) { return type->type.get(); }
