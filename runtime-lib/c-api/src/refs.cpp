// References: handles of all kinds, their identity and their host info.
#include "objects.h"

namespace wasmc::capi {
namespace {

// As host info is found by: what every handle of the object leads to.
struct Identify {
  Identity operator()(const Func& func) const { return func.identity(); }
  Identity operator()(const Table& table) const { return {table.raw(), nullptr}; }
  Identity operator()(const Memory& memory) const { return {memory.raw(), nullptr}; }
  Identity operator()(const Global& global) const { return {global.raw(), nullptr}; }
  Identity operator()(const Tag& tag) const { return {tag.raw(), nullptr}; }
  Identity operator()(const Instance& instance) const { return {instance.impl(), nullptr}; }
  Identity operator()(const ExternRef& ref) const { return {ref.raw(), nullptr}; }
  template <typename T>
  Identity operator()(const std::shared_ptr<T>& object) const {
    return {object.get(), nullptr};
  }
};

struct MakeRef {
  const StoreHold& hold;

#define WASMC_C_REF_KIND(name, Type) \
  wasm_ref_t* operator()(Type& object) const { return new wasm_##name##_t(hold, std::move(object)); }
#include "ref_kinds.def"
  wasm_ref_t* operator()(Tag& tag) const { return new wasm_extern_t(hold, tag); }
};

HostInfo* findHostInfo(const wasm_ref_t* ref) {
  if (const auto* module = std::get_if<std::shared_ptr<ModuleObject>>(&ref->object))
    return &(*module)->host_info;
  if (const auto* trap = std::get_if<std::shared_ptr<TrapObject>>(&ref->object)) return &(*trap)->host_info;
  const auto found = ref->hold.box()->host_infos.find(identityOf(ref->object));
  return found == ref->hold.box()->host_infos.end() ? nullptr : &found->second;
}

HostInfo& hostInfo(const wasm_ref_t* ref) {
  if (HostInfo* found = findHostInfo(ref)) return *found;
  return ref->hold.box()->host_infos[identityOf(ref->object)];
}

template <typename T>
T* copyRef(const T* ref) {
  return static_cast<T*>(makeRef(ref->hold, ref->object));
}

}  // namespace

Identity identityOf(const Object& object) { return std::visit(Identify(), object); }

wasm_ref_t* makeRef(const StoreHold& hold, Object object) { return std::visit(MakeRef{hold}, object); }

wasm_extern_t* makeExtern(const StoreHold& hold, const Extern& item) {
  return std::visit([&](const auto& handle) { return static_cast<wasm_extern_t*>(makeRef(hold, handle)); },
                    item);
}

Extern externOf(const wasm_extern_t* item) {
  if (const auto* func = std::get_if<Func>(&item->object)) return *func;
  if (const auto* table = std::get_if<Table>(&item->object)) return *table;
  if (const auto* memory = std::get_if<Memory>(&item->object)) return *memory;
  if (const auto* global = std::get_if<Global>(&item->object)) return *global;
  return *std::get_if<Tag>(&item->object);
}

}  // namespace wasmc::capi

using namespace wasmc::capi;
using wasmc::ExternRef;
using wasmc::Func;
using wasmc::Global;
using wasmc::Instance;
using wasmc::Memory;
using wasmc::Table;

#define WASMC_C_REF_BASE(name)                                                                             \
  void wasm_##name##_delete(wasm_##name##_t* ref) { delete ref; }                                          \
  wasm_##name##_t* wasm_##name##_copy(const wasm_##name##_t* ref) { return copyRef(ref); }                 \
  bool wasm_##name##_same(const wasm_##name##_t* a, const wasm_##name##_t* b) {                            \
    return identityOf(a->object) == identityOf(b->object);                                                 \
  }                                                                                                        \
  void* wasm_##name##_get_host_info(const wasm_##name##_t* ref) {                                          \
    const HostInfo* info = findHostInfo(ref);                                                              \
    return info ? info->get() : nullptr;                                                                   \
  }                                                                                                        \
  void wasm_##name##_set_host_info(wasm_##name##_t* ref, void* data) { hostInfo(ref).set(data, nullptr); } \
  void wasm_##name##_set_host_info_with_finalizer(wasm_##name##_t* ref, void* data,                        \
                                                  void (*finalizer)(void*)) {                              \
    hostInfo(ref).set(data, finalizer);                                                                    \
  }

#define WASMC_C_REF(name, Type)                                                                             \
  WASMC_C_REF_BASE(name)                                                                                    \
  wasm_ref_t* wasm_##name##_as_ref(wasm_##name##_t* ref) { return ref; }                                    \
  const wasm_ref_t* wasm_##name##_as_ref_const(const wasm_##name##_t* ref) { return ref; }                  \
  wasm_##name##_t* wasm_ref_as_##name(wasm_ref_t* ref) {                                                    \
    return ref && std::holds_alternative<Type>(ref->object) ? static_cast<wasm_##name##_t*>(ref) : nullptr; \
  }                                                                                                         \
  const wasm_##name##_t* wasm_ref_as_##name##_const(const wasm_ref_t* ref) {                                \
    return wasm_ref_as_##name(const_cast<wasm_ref_t*>(ref));                                                \
  }

WASMC_C_REF_BASE(ref)
#define WASMC_C_REF_KIND(name, Type) WASMC_C_REF(name, Type)
#include "ref_kinds.def"

#define WASMC_C_EXTERN(name, Type)                                                                 \
  wasm_extern_t* wasm_##name##_as_extern(wasm_##name##_t* item) { return item; }                   \
  const wasm_extern_t* wasm_##name##_as_extern_const(const wasm_##name##_t* item) { return item; } \
  wasm_##name##_t* wasm_extern_as_##name(wasm_extern_t* item) { return wasm_ref_as_##name(item); } \
  const wasm_##name##_t* wasm_extern_as_##name##_const(const wasm_extern_t* item) {                \
    return wasm_ref_as_##name##_const(item);                                                       \
  }

WASMC_C_EXTERN(func, Func)
WASMC_C_EXTERN(table, Table)
WASMC_C_EXTERN(memory, Memory)
WASMC_C_EXTERN(global, Global)

WASMC_C_REF_BASE(extern)

wasm_ref_t* wasm_extern_as_ref(wasm_extern_t* item) { return item; }
const wasm_ref_t* wasm_extern_as_ref_const(const wasm_extern_t* item) { return item; }

wasm_extern_t* wasm_ref_as_extern(wasm_ref_t* ref) {
  const bool is_extern = ref && ref->object.index() <= static_cast<size_t>(wasmc::ExternKind::Tag);
  return is_extern ? static_cast<wasm_extern_t*>(ref) : nullptr;
}
const wasm_extern_t* wasm_ref_as_extern_const(const wasm_ref_t* ref) {
  return wasm_ref_as_extern(const_cast<wasm_ref_t*>(ref));
}
