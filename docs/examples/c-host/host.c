/* Loads an artifact and calls a function of it: arguments and result in one array, nothing to delete but
 * handles. */
#include <stdio.h>
#include <wasmc.h>

int main(void) {
  wasm_engine_t* engine = wasm_engine_new();
  wasm_store_t* store = wasm_store_new(engine);
  wasm_module_t* module = wasmc_module_load(store, WASM_MODULE_GCD);
  wasm_instance_t* instance = module ? wasm_instance_new(store, module, NULL, NULL) : NULL;
  wasm_extern_t* gcd = instance ? wasmc_instance_export(instance, "gcd") : NULL;
  wasmc_value_t values[2];
  values[0].i32 = 1071;
  values[1].i32 = 462;
  if (!gcd || wasmc_call(wasm_extern_as_func(gcd), values, 2, NULL) != WASMC_OK)
    return fprintf(stderr, "%s\n", wasmc_last_error()), 1;
  printf("gcd: %d\n", (int)values[0].i32);
  wasm_extern_delete(gcd);
  wasm_instance_delete(instance);
  wasm_module_delete(module);
  wasm_store_delete(store);
  wasm_engine_delete(engine);
  return 0;
}
