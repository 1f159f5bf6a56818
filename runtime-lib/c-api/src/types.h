// Type objects of the C API, and what they stand for.
#ifndef WASMC_C_TYPES_H
#define WASMC_C_TYPES_H

#include <wasm.h>
#include <wasmc/types.h>

#include <memory>
#include <string_view>

struct wasm_valtype_t {
  wasmc::ValType type;
};

// Base of the extern types. The vectors are what the C API gives access to; `type` is the same for C++.
struct wasm_externtype_t {
  explicit wasm_externtype_t(wasmc::ExternType t) : type(std::move(t)) {}
  wasm_externtype_t(const wasm_externtype_t&) = delete;
  wasm_externtype_t& operator=(const wasm_externtype_t&) = delete;
  virtual ~wasm_externtype_t() = default;

  const wasmc::ExternType type;
};

struct wasm_functype_t : wasm_externtype_t {
  explicit wasm_functype_t(const wasmc::FuncType& t);
  ~wasm_functype_t() override;

  wasm_valtype_vec_t params;
  wasm_valtype_vec_t results;
};

struct wasm_globaltype_t : wasm_externtype_t {
  explicit wasm_globaltype_t(const wasmc::GlobalType& t) : wasm_externtype_t(t), content{t.type} {}

  wasm_valtype_t content;
};

struct wasm_tabletype_t : wasm_externtype_t {
  explicit wasm_tabletype_t(const wasmc::TableType& t);

  wasm_valtype_t element;
  wasm_limits_t limits;
};

struct wasm_memorytype_t : wasm_externtype_t {
  explicit wasm_memorytype_t(const wasmc::MemoryType& t);

  wasm_limits_t limits;
};

struct wasm_importtype_t {
  wasm_importtype_t(wasm_name_t m, wasm_name_t n, wasm_externtype_t* t) : module(m), name(n), type(t) {}
  wasm_importtype_t(const wasm_importtype_t&) = delete;
  wasm_importtype_t& operator=(const wasm_importtype_t&) = delete;
  ~wasm_importtype_t();

  wasm_name_t module;
  wasm_name_t name;
  std::unique_ptr<wasm_externtype_t> type;
};

struct wasm_exporttype_t {
  wasm_exporttype_t(wasm_name_t n, wasm_externtype_t* t) : name(n), type(t) {}
  wasm_exporttype_t(const wasm_exporttype_t&) = delete;
  wasm_exporttype_t& operator=(const wasm_exporttype_t&) = delete;
  ~wasm_exporttype_t();

  wasm_name_t name;
  std::unique_ptr<wasm_externtype_t> type;
};

namespace wasmc::capi {

wasm_valkind_t kindOf(ValType type);
wasm_externkind_t kindOf(ExternKind kind);
ValType typeOfKind(wasm_valkind_t kind);
wasm_externtype_t* makeExternType(const ExternType& type);
wasm_name_t makeName(std::string_view text);

inline const FuncType& funcTypeOf(const wasm_functype_t* type) { return *std::get_if<FuncType>(&type->type); }
inline const GlobalType& globalTypeOf(const wasm_globaltype_t* type) {
  return *std::get_if<GlobalType>(&type->type);
}
inline const TableType& tableTypeOf(const wasm_tabletype_t* type) {
  return *std::get_if<TableType>(&type->type);
}
inline const MemoryType& memoryTypeOf(const wasm_memorytype_t* type) {
  return *std::get_if<MemoryType>(&type->type);
}

}  // namespace wasmc::capi

#endif  // WASMC_C_TYPES_H
