/* Provides what plugin.wat imports, and uses all that it exports. */
#include "plugin.h"

#include <stdio.h>
#include <string.h>

static int fail(void) {
  printf("%s\n", wasmc_last_error());
  return 1;
}

static wasm_trap_t* log_number(void* host, const wasmc_caller_t* caller, int32_t n) {
  (void)caller;
  printf("%s %d\n", (const char*)host, (int)n);
  return NULL;
}

static wasm_trap_t* divmod(void* host, const wasmc_caller_t* caller, int32_t a, int32_t b, int32_t* quotient,
                           int32_t* remainder) {
  (void)host;
  (void)caller;
  *quotient = a / b;
  *remainder = a % b;
  return NULL;
}

int main(int argc, char** argv) {
  wasm_engine_t* engine = wasm_engine_new();
  wasm_store_t* store = wasm_store_new(engine);
  wasmc_linker_t* linker = wasmc_linker_new(engine);
  wasm_module_t* module = plugin_load(store, argv[1]);
  const wasm_limits_t limits = {1, 2};
  wasm_memorytype_t* memory_type = wasm_memorytype_new(&limits);
  wasm_globaltype_t* global_type = wasm_globaltype_new(wasm_valtype_new(WASM_I64), WASM_CONST);
  const wasm_val_t start = WASM_I64_VAL(7);
  char name[] = "log";
  plugin_imports imports;
  plugin plugin;
  int32_t difference, loaded;
  int64_t base;
  memset(&imports, 0, sizeof imports);
  imports.env.host = name;
  imports.env.log = log_number;
  if (argc < 3) imports.env.divmod = divmod;
  imports.store.memory = wasm_memory_new(store, memory_type);
  imports.store.base = wasm_global_new(store, global_type, &start);
  if (!module || !plugin_instantiate(&plugin, store, module, linker, &imports, NULL)) return fail();

  if (plugin_run(&plugin, 17, 5, &difference, &base)) return fail();
  printf("run %d %d\n", (int)difference, (int)base);
  memcpy(wasm_memory_data(plugin.memory), "\143\0\0\0", 4);
  if (plugin_class_(&plugin, 0, &loaded)) return fail();
  printf("class %d\n", (int)loaded);
  plugin_delete(&plugin);
  wasm_memory_delete(imports.store.memory);
  wasm_global_delete(imports.store.base);
  wasm_memorytype_delete(memory_type);
  wasm_globaltype_delete(global_type);
  wasm_module_delete(module);
  wasmc_linker_delete(linker);
  wasm_store_delete(store);
  wasm_engine_delete(engine);
  return 0;
}
