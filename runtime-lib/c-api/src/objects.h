// What the handles of the C API are. A handle holds its store and a C++ handle of the object.
//
// A store is gone when wasm_store_delete was called and no handle holds it any more; then the host info of
// its objects is finalised. What belongs to the store itself (host functions, boxed references) must not hold
// it.
#ifndef WASMC_C_OBJECTS_H
#define WASMC_C_OBJECTS_H

#include <wasm.h>
#include <wasmc/wasmc.h>

#include <map>
#include <memory>
#include <utility>
#include <variant>

namespace wasmc::capi {

// A pointer that the host attached to an object.
class HostInfo {
 public:
  HostInfo() = default;
  HostInfo(const HostInfo&) = delete;
  HostInfo& operator=(const HostInfo&) = delete;
  ~HostInfo() { set(nullptr, nullptr); }

  void* get() const { return data_; }
  void set(void* data, void (*finalizer)(void*)) {
    void* const old_data = std::exchange(data_, data);
    void (*const old_finalizer)(void*) = std::exchange(finalizer_, finalizer);
    if (old_finalizer) old_finalizer(old_data);
  }

 private:
  void* data_ = nullptr;
  void (*finalizer_)(void*) = nullptr;
};

// What lives as long as its handles, and not as long as a store.
struct ModuleObject {
  Module module;
  HostInfo host_info = {};
};
struct TrapObject {
  Error error;
  HostInfo host_info = {};
};

using Object = std::variant<Func, Table, Memory, Global, Tag, Instance, ExternRef,
                            std::shared_ptr<ModuleObject>, std::shared_ptr<TrapObject>>;

// An object of a store by address. Two addresses, because that is what tells functions apart.
using Identity = std::pair<const void*, const void*>;
Identity identityOf(const Object& object);

// An object of another kind than `foreign` that the guest holds as an externref.
struct BoxedObject {
  Object object;
};

struct StoreBox {
  StoreBox(const Engine& engine, const StoreLimits& limits)
      : owner(Store(engine, limits)), store(std::get_if<Store>(&owner)->ref()) {
    store.setData(BackPointer{this});
  }
  // For the store of an instance of a pool, which is yet to come.
  StoreBox() : store(nullptr) {}
  void attach(StoreRef to) {
    store = to;
    store.setData(BackPointer{this});
  }
  // The box of a store that the C API made.
  static StoreBox& of(StoreRef store) { return *store.data<BackPointer>()->box; }
  struct BackPointer {
    StoreBox* box;
  };

  // Finalised after the store is gone: declared, and so destroyed, the other way round.
  std::map<Identity, HostInfo> host_infos;
  std::map<Identity, ExternRef> boxed;
  std::variant<std::monostate, Store, PooledInstance> owner;
  StoreRef store;
  size_t holders = 0;
};

// Counts as a user of the store; null for what belongs to none.
class StoreHold {
 public:
  explicit StoreHold(StoreBox* box) : box_(box) {
    if (box_) ++box_->holders;
  }
  StoreHold(const StoreHold& other) : StoreHold(other.box_) {}
  StoreHold& operator=(const StoreHold&) = delete;
  ~StoreHold() {
    if (box_ && --box_->holders == 0) delete box_;
  }
  StoreBox* box() const { return box_; }
  StoreRef ref() const { return box_->store; }

 private:
  StoreBox* box_;
};

// Records why a function fails: see wasmc_last_error.
void setLastError(Error error);

}  // namespace wasmc::capi

struct wasm_config_t {
  wasmc::EngineOptions options;
};

struct wasm_engine_t {
  wasmc::Engine engine;
};

struct wasmc_interrupt_t {
  wasmc::InterruptHandle handle;
};

struct wasm_store_t {
  wasmc::capi::StoreHold hold;
};

struct wasm_shared_module_t {
  wasmc::Module module;
};

struct wasm_ref_t {
  wasm_ref_t(const wasmc::capi::StoreHold& h, wasmc::capi::Object o) : hold(h), object(std::move(o)) {}
  wasm_ref_t(const wasm_ref_t&) = delete;
  wasm_ref_t& operator=(const wasm_ref_t&) = delete;
  virtual ~wasm_ref_t() = default;

  wasmc::capi::StoreHold hold;
  wasmc::capi::Object object;
};

// The kinds of handles: which one it is follows from the object.
struct wasm_extern_t : wasm_ref_t {
  using wasm_ref_t::wasm_ref_t;
};
struct wasm_func_t : wasm_extern_t {
  using wasm_extern_t::wasm_extern_t;
};
struct wasm_table_t : wasm_extern_t {
  using wasm_extern_t::wasm_extern_t;
};
struct wasm_memory_t : wasm_extern_t {
  using wasm_extern_t::wasm_extern_t;
};
struct wasm_global_t : wasm_extern_t {
  using wasm_extern_t::wasm_extern_t;
};
struct wasm_instance_t : wasm_ref_t {
  using wasm_ref_t::wasm_ref_t;
};
struct wasm_foreign_t : wasm_ref_t {
  using wasm_ref_t::wasm_ref_t;
};
struct wasm_module_t : wasm_ref_t {
  using wasm_ref_t::wasm_ref_t;
};
struct wasm_trap_t : wasm_ref_t {
  using wasm_ref_t::wasm_ref_t;
};

struct wasm_frame_t {
  wasmc::Frame frame;
};

namespace wasmc::capi {

// A new handle, of the struct that belongs to the object's kind.
wasm_ref_t* makeRef(const StoreHold& hold, Object object);
wasm_extern_t* makeExtern(const StoreHold& hold, const Extern& item);
wasm_trap_t* makeTrap(Error error);
// Records the failure: as a trap where the caller wants one.
void fail(Error error, wasm_trap_t** trap);
inline wasm_func_t* makeFunc(const StoreHold& hold, Func func) { return new wasm_func_t(hold, func); }

inline const Func& funcOf(const wasm_ref_t* ref) { return *std::get_if<Func>(&ref->object); }
inline const Table& tableOf(const wasm_ref_t* ref) { return *std::get_if<Table>(&ref->object); }
inline const Memory& memoryOf(const wasm_ref_t* ref) { return *std::get_if<Memory>(&ref->object); }
inline const Global& globalOf(const wasm_ref_t* ref) { return *std::get_if<Global>(&ref->object); }
inline const Instance& instanceOf(const wasm_ref_t* ref) { return *std::get_if<Instance>(&ref->object); }
inline const Module& moduleOf(const wasm_ref_t* ref) {
  return (*std::get_if<std::shared_ptr<ModuleObject>>(&ref->object))->module;
}
inline const Error& errorOf(const wasm_ref_t* trap) {
  return (*std::get_if<std::shared_ptr<TrapObject>>(&trap->object))->error;
}
Extern externOf(const wasm_extern_t* item);

}  // namespace wasmc::capi

#endif  // WASMC_C_OBJECTS_H
