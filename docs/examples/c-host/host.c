/* Loads an artifact and calls a function of it, with the types that the module's header has: a call with
 * others does not compile. */
#include <stdio.h>
#include <wasm_modules/gcd.h>

int main(void) {
  wasm_engine_t* engine = wasm_engine_new();
  wasm_store_t* store = wasm_store_new(engine);
  wasmc_linker_t* linker = wasmc_linker_new(engine);
  wasm_module_t* module = gcd_load(store, WASM_MODULE_GCD);
  gcd library;
  if (!module || !gcd_instantiate(&library, store, module, linker, NULL))
    return fprintf(stderr, "%s\n", wasmc_last_error()), 1;
  int32_t result;
  wasm_trap_t* trap = gcd_gcd(&library, 1071, 462, &result);
  if (trap) return fprintf(stderr, "%s\n", wasmc_last_error()), 1;
  printf("gcd: %d\n", (int)result);
  gcd_delete(&library);
  wasm_module_delete(module);
  wasmc_linker_delete(linker);
  wasm_store_delete(store);
  wasm_engine_delete(engine);
  return 0;
}
