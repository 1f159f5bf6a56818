// Pools of instances. An instance is given back with the last handle of its store.
#include "linker.h"

struct wasmc_pool_t {
  wasmc::InstancePool pool;
};

using namespace wasmc::capi;

void wasmc_pool_options_init(wasmc_pool_options_t* out) {
  const wasmc::PoolOptions options;
  out->max_instances = options.max_instances;
  out->warm_instances = options.warm_instances;
  wasmc_limits_init(&out->limits);
}

wasmc_pool_t* wasmc_pool_new(const wasmc_linker_t* linker, const wasm_module_t* module,
                             const wasmc_pool_options_t* options) {
  wasmc::Result<wasmc::InstancePool> pool = wasmc::InstancePool::create(
      linker->linker, moduleOf(module),
      {options->max_instances, options->warm_instances, limitsOf(options->limits)});
  if (pool) return new wasmc_pool_t{*std::move(pool)};
  setLastError(std::move(pool).error());
  return nullptr;
}
void wasmc_pool_delete(wasmc_pool_t* pool) { delete pool; }

wasm_instance_t* wasmc_pool_acquire(const wasmc_pool_t* pool, wasm_trap_t** trap) {
  if (trap) *trap = nullptr;
  const StoreHold hold(new StoreBox);
  wasmc::Result<wasmc::PooledInstance> acquired =
      pool->pool.acquire([&](wasmc::StoreRef store) { hold.box()->attach(store); });
  if (!acquired) {
    fail(std::move(acquired).error(), trap);
    return nullptr;
  }
  const wasmc::Instance instance = acquired->instance();
  hold.box()->owner = *std::move(acquired);
  return static_cast<wasm_instance_t*>(makeRef(hold, instance));
}
