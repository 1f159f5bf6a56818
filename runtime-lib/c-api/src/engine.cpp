// Engines, stores, and the last error of each thread.
#include <wasmc.h>

#include <algorithm>
#include <chrono>
#include <string>

#include "linker.h"
#include "objects.h"

namespace wasmc::capi {
namespace {

thread_local Error last_error;
thread_local bool failed = false;

}  // namespace

void setLastError(Error error) {
  last_error = std::move(error);
  failed = true;
}

StoreLimits limitsOf(const wasmc_limits_t& limits) {
  StoreLimits result{limits.memory_bytes, limits.table_elements, limits.instances, limits.stack_bytes, {}};
  if (limits.growth)
    result.growth = [decide = limits.growth, env = limits.growth_env](const Growth& growth) {
      const wasmc_growth_t asked = {
          growth.kind == Growth::Kind::Memory ? WASMC_GROWTH_MEMORY : WASMC_GROWTH_TABLE, growth.current,
          growth.desired, growth.maximum};
      return decide(env, &asked);
    };
  return result;
}

}  // namespace wasmc::capi

using namespace wasmc::capi;

wasmc_error_code_t wasmc_last_error_code() {
  return failed ? static_cast<int32_t>(last_error.code) : WASMC_OK;
}
const char* wasmc_last_error() { return last_error.message.c_str(); }
const char* wasmc_error_name(wasmc_error_code_t code) {
  return code == WASMC_OK ? "OK" : wasmc::errorName(static_cast<wasmc::ErrorCode>(code));
}

wasm_config_t* wasm_config_new() { return new wasm_config_t{}; }
void wasm_config_delete(wasm_config_t* config) { delete config; }

void wasmc_config_set_backtraces(wasm_config_t* config, wasmc_backtraces_t wanted) {
  config->options.backtraces = static_cast<wasmc::Backtraces>(wanted);
}
void wasmc_config_set_copy_memory_image(wasm_config_t* config, bool on) {
  config->options.copy_memory_image = on;
}
void wasmc_config_set_signal_handlers(wasm_config_t* config, bool on) {
  config->options.signal_handlers = on;
}
void wasmc_config_set_interrupt_signal(wasm_config_t* config, int signal) {
  config->options.interrupt_signal = signal;
}

wasm_engine_t* wasm_engine_new() { return new wasm_engine_t{wasmc::Engine()}; }
wasm_engine_t* wasm_engine_new_with_config(wasm_config_t* config) {
  const std::unique_ptr<wasm_config_t> owned(config);
  return new wasm_engine_t{wasmc::Engine(owned->options)};
}
void wasm_engine_delete(wasm_engine_t* engine) { delete engine; }

wasm_store_t* wasm_store_new(wasm_engine_t* engine) {
  return new wasm_store_t{StoreHold(new StoreBox(engine->engine, {}))};
}
wasm_store_t* wasmc_store_new(wasm_engine_t* engine, const wasmc_limits_t* limits) {
  return new wasm_store_t{StoreHold(new StoreBox(engine->engine, limitsOf(*limits)))};
}
void wasmc_limits_init(wasmc_limits_t* out) {
  const wasmc::StoreLimits limits;
  *out = {limits.memory_bytes, limits.table_elements, limits.instances, limits.stack_bytes, nullptr, nullptr};
}
void wasmc_engine_increment_epoch(const wasm_engine_t* engine) { engine->engine.incrementEpoch(); }
void wasmc_store_set_fuel(wasm_store_t* store, uint64_t units) { store->hold.ref().setFuel(units); }
void wasmc_store_add_fuel(wasm_store_t* store, uint64_t units) { store->hold.ref().addFuel(units); }
uint64_t wasmc_store_fuel(const wasm_store_t* store) { return store->hold.ref().fuel(); }
void wasmc_store_set_epoch_deadline(wasm_store_t* store, uint64_t ticks) {
  store->hold.ref().setEpochDeadline(ticks);
}

wasmc_interrupt_t* wasmc_interrupt_new(wasm_store_t* store) {
  return new wasmc_interrupt_t{store->hold.ref().interruptHandle()};
}
void wasmc_interrupt_delete(wasmc_interrupt_t* handle) { delete handle; }
void wasmc_interrupt(const wasmc_interrupt_t* handle) { handle->handle.interrupt(); }
void wasmc_store_clear_interrupt(wasm_store_t* store) { store->hold.ref().clearInterrupt(); }
bool wasmc_interrupted() { return wasmc::interrupted(); }

bool wasmc_store_set_deadline(wasm_store_t* store, uint64_t nanoseconds) {
  // Later than the clock can say is as good as the latest that it can.
  const auto now = std::chrono::steady_clock::now();
  const auto longest = static_cast<uint64_t>((std::chrono::steady_clock::time_point::max() - now).count());
  const auto from_now = std::chrono::nanoseconds(std::min(nanoseconds, longest));
  const wasmc::Result<void> set = store->hold.ref().setDeadline(now + from_now);
  if (!set) setLastError(set.error());
  return set.has_value();
}
void wasmc_store_clear_deadline(wasm_store_t* store) { store->hold.ref().clearDeadline(); }

void wasm_store_delete(wasm_store_t* store) { delete store; }
