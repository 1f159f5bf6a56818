#include "linker.h"

#include "callback.h"
#include "types.h"

struct wasmc_caller_t {
  wasmc::Caller& caller;
};

namespace wasmc::capi {
namespace {

struct LinkerCallback {
  LinkerCallback(wasmc_func_callback_t f, void* e, void (*end)(void*))
      : function(f), env(e), finalizer(end) {}
  LinkerCallback(const LinkerCallback&) = delete;
  LinkerCallback& operator=(const LinkerCallback&) = delete;
  ~LinkerCallback() {
    if (finalizer) finalizer(env);
  }

  wasmc_func_callback_t function;
  void* env;
  void (*finalizer)(void*);
};

}  // namespace
}  // namespace wasmc::capi

using namespace wasmc::capi;

wasmc_linker_t* wasmc_linker_new(wasm_engine_t* engine) {
  return new wasmc_linker_t{wasmc::Linker(engine->engine), {}};
}
void wasmc_linker_delete(wasmc_linker_t* linker) { delete linker; }

void wasmc_linker_define(wasmc_linker_t* linker, const char* module, const char* name,
                         const wasm_extern_t* item) {
  linker->linker.define(module, name, externOf(item));
  linker->stores.push_back(item->hold);
}

void wasmc_linker_define_instance(wasmc_linker_t* linker, const char* module,
                                  const wasm_instance_t* instance) {
  linker->linker.defineInstance(module, instanceOf(instance));
  linker->stores.push_back(instance->hold);
}

void wasmc_linker_define_func(wasmc_linker_t* linker, const char* module, const char* name,
                              const wasm_functype_t* type, wasmc_func_callback_t function, void* env,
                              void (*finalizer)(void*)) {
  auto callback = std::make_shared<const LinkerCallback>(function, env, finalizer);
  linker->linker.define(module, name, funcTypeOf(type),
                        [callback](wasmc::Caller& caller, std::span<const wasmc::Val> args,
                                   std::span<wasmc::Val> results) -> wasmc::Result<void> {
                          const wasmc_caller_t from{caller};
                          return callBack(StoreBox::of(caller.store()), args, results,
                                          [&](const wasm_val_vec_t* in, wasm_val_vec_t* out) {
                                            return callback->function(callback->env, &from, in, out);
                                          });
                        });
}

byte_t* wasmc_caller_slice(const wasmc_caller_t* caller, uint64_t address, uint64_t length) {
  const wasmc::Result<wasmc::Memory> memory = caller->caller.memory();
  const auto bytes = memory ? memory->slice(address, length) : std::unexpected(memory.error());
  if (bytes) return reinterpret_cast<byte_t*>(bytes->data());
  setLastError(bytes.error());
  return nullptr;
}

wasm_extern_t* wasmc_caller_export(const wasmc_caller_t* caller, const char* name) {
  const std::optional<wasmc::Instance> instance = caller->caller.instance();
  const std::optional<wasmc::Extern> found = instance ? instance->find(name) : std::nullopt;
  return found ? makeExtern(StoreHold(&StoreBox::of(caller->caller.store())), *found) : nullptr;
}

wasm_instance_t* wasmc_linker_instantiate(const wasmc_linker_t* linker, wasm_store_t* store,
                                          const wasm_module_t* module, wasm_trap_t** trap) {
  if (trap) *trap = nullptr;
  wasmc::Result<wasmc::Instance> instance = linker->linker.instantiate(store->hold.ref(), moduleOf(module));
  if (instance) return static_cast<wasm_instance_t*>(makeRef(store->hold, *instance));
  fail(std::move(instance).error(), trap);
  return nullptr;
}
