// Globals, tables, memories, and instances, which export them.
#include <wasmc.h>

#include "types.h"
#include "values.h"

namespace wasmc::capi {
namespace {

// A handle of what a function made; NULL, and the last error set, if it failed.
template <typename Handle, typename T>
Handle* makeHandle(const StoreHold& hold, Result<T> made) {
  if (made) return static_cast<Handle*>(makeRef(hold, *std::move(made)));
  setLastError(std::move(made).error());
  return nullptr;
}

// Whether it succeeded.
template <typename T>
bool succeeded(Result<T> result) {
  if (result) return true;
  setLastError(std::move(result).error());
  return false;
}

template <typename T>
std::unexpected<Error> errorOf(const Result<T>& failed) {
  return std::unexpected(failed.error());
}

Result<Global> createGlobal(StoreBox& box, const GlobalType& type, const wasm_val_t& value) {
  const Result<Val> initial = toVal(box, value, type.type, "initial value");
  return initial ? Global::create(box.store, type, *initial) : errorOf(initial);
}

Result<void> setGlobal(StoreBox& box, const Global& global, const wasm_val_t& value) {
  const Result<Val> wanted = toVal(box, value, global.type().type, "value of a global");
  return wanted ? global.set(*wanted) : errorOf(wanted);
}

Result<Table> createTable(StoreBox& box, const TableType& type, const wasm_ref_t* init) {
  const Result<Val> initial = toVal(box, init, type.element, "initial element");
  return initial ? Table::create(box.store, type, *initial) : errorOf(initial);
}

Result<void> setElement(StoreBox& box, const Table& table, uint64_t index, const wasm_ref_t* ref) {
  const Result<Val> element = toVal(box, ref, table.type().element, "table element");
  return element ? table.set(index, *element) : errorOf(element);
}

Result<uint64_t> growTable(StoreBox& box, const Table& table, uint64_t delta, const wasm_ref_t* init) {
  const Result<Val> initial = toVal(box, init, table.type().element, "initial element");
  return initial ? table.grow(delta, *initial) : errorOf(initial);
}

Result<Instance> instantiate(StoreBox& box, const Module& module, const wasm_extern_vec_t& imports) {
  std::vector<Extern> items;
  for (size_t i = 0; i < imports.size; ++i) {
    if (!imports.data[i])
      return error(ErrorCode::InvalidHandle, "import " + std::to_string(i) + " of wasm_instance_new is NULL");
    items.push_back(externOf(imports.data[i]));
  }
  return Instance::create(box.store, module, items);
}

}  // namespace
}  // namespace wasmc::capi

using namespace wasmc::capi;
using wasmc::Result;
using wasmc::Val;

wasm_global_t* wasm_global_new(wasm_store_t* store, const wasm_globaltype_t* type, const wasm_val_t* value) {
  return makeHandle<wasm_global_t>(store->hold, createGlobal(*store->hold.box(), globalTypeOf(type), *value));
}
wasm_globaltype_t* wasm_global_type(const wasm_global_t* global) {
  return new wasm_globaltype_t(globalOf(global).type());
}
void wasm_global_get(const wasm_global_t* global, wasm_val_t* out) {
  Result<wasm_val_t> value = fromVal(global->hold, globalOf(global).get());
  *out = value ? *value : wasm_val_t{};
  succeeded(std::move(value));
}
void wasm_global_set(wasm_global_t* global, const wasm_val_t* value) {
  succeeded(setGlobal(*global->hold.box(), globalOf(global), *value));
}

wasm_table_t* wasm_table_new(wasm_store_t* store, const wasm_tabletype_t* type, wasm_ref_t* init) {
  return makeHandle<wasm_table_t>(store->hold, createTable(*store->hold.box(), tableTypeOf(type), init));
}
wasm_tabletype_t* wasm_table_type(const wasm_table_t* table) {
  return new wasm_tabletype_t(tableOf(table).type());
}
wasm_ref_t* wasm_table_get(const wasm_table_t* table, wasm_table_size_t index) {
  Result<Val> element = tableOf(table).get(index);
  if (element) return refOf(table->hold, *element);
  setLastError(std::move(element).error());
  return nullptr;
}
bool wasm_table_set(wasm_table_t* table, wasm_table_size_t index, wasm_ref_t* ref) {
  return succeeded(setElement(*table->hold.box(), tableOf(table), index, ref));
}
wasm_table_size_t wasm_table_size(const wasm_table_t* table) {
  return static_cast<wasm_table_size_t>(tableOf(table).size());
}
bool wasm_table_grow(wasm_table_t* table, wasm_table_size_t delta, wasm_ref_t* init) {
  return succeeded(growTable(*table->hold.box(), tableOf(table), delta, init));
}

wasm_memory_t* wasm_memory_new(wasm_store_t* store, const wasm_memorytype_t* type) {
  return makeHandle<wasm_memory_t>(store->hold, wasmc::Memory::create(store->hold.ref(), memoryTypeOf(type)));
}
wasm_memorytype_t* wasm_memory_type(const wasm_memory_t* memory) {
  return new wasm_memorytype_t(memoryOf(memory).type());
}
byte_t* wasm_memory_data(wasm_memory_t* memory) {
  return reinterpret_cast<byte_t*>(memoryOf(memory).span().data());
}
size_t wasm_memory_data_size(const wasm_memory_t* memory) { return memoryOf(memory).byteSize(); }
wasm_memory_pages_t wasm_memory_size(const wasm_memory_t* memory) {
  return static_cast<wasm_memory_pages_t>(memoryOf(memory).pages());
}
bool wasm_memory_grow(wasm_memory_t* memory, wasm_memory_pages_t delta) {
  return succeeded(memoryOf(memory).grow(delta));
}

wasm_externkind_t wasm_extern_kind(const wasm_extern_t* item) {
  return kindOf(static_cast<wasmc::ExternKind>(item->object.index()));
}
wasm_externtype_t* wasm_extern_type(const wasm_extern_t* item) {
  return makeExternType(wasmc::typeOf(externOf(item)));
}

wasm_instance_t* wasm_instance_new(wasm_store_t* store, const wasm_module_t* module,
                                   const wasm_extern_vec_t* imports, wasm_trap_t** trap) {
  static const wasm_extern_vec_t none = WASM_EMPTY_VEC;
  if (trap) *trap = nullptr;
  Result<wasmc::Instance> instance =
      instantiate(*store->hold.box(), moduleOf(module), imports ? *imports : none);
  if (instance) return static_cast<wasm_instance_t*>(makeRef(store->hold, *instance));
  fail(std::move(instance).error(), trap);
  return nullptr;
}

wasm_extern_t* wasmc_instance_export(const wasm_instance_t* instance, const char* name) {
  const std::optional<wasmc::Extern> found = instanceOf(instance).find(name);
  return found ? makeExtern(instance->hold, *found) : nullptr;
}

void wasm_instance_exports(const wasm_instance_t* instance, wasm_extern_vec_t* out) {
  const auto exports = instanceOf(instance).exports();
  wasm_extern_vec_new_uninitialized(out, exports.size());
  for (size_t i = 0; i < exports.size(); ++i) out->data[i] = makeExtern(instance->hold, exports[i].second);
}
