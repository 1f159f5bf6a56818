/* The standard C API: compiles a module in memory and calls it. Prints 42. */
#include <stdio.h>
#include <wasmc.h>

/* (module (func (export "answer") (result i32) i32.const 42)) */
static byte_t module_bytes[] = {
    0,  'a', 's', 'm',  1,   0,    0,    0,                    /* header */
    1,  5,   1,   0x60, 0,   1,    0x7f,                       /* type: () -> (i32) */
    3,  2,   1,   0,                                           /* function 0 is of type 0 */
    7,  10,  1,   6,    'a', 'n',  's',  'w',  'e', 'r', 0, 0, /* export "answer" */
    10, 6,   1,   4,    0,   0x41, 42,   0x0b,                 /* code */
};

int main(void) {
  wasm_engine_t* engine = wasm_engine_new();
  wasm_store_t* store = wasm_store_new(engine);
  const wasm_byte_vec_t binary = WASM_ARRAY_VEC(module_bytes);
  wasm_module_t* module = wasm_module_new(store, &binary);
  if (!module) return fprintf(stderr, "%s\n", wasmc_last_error()), 1;
  wasm_instance_t* instance = wasm_instance_new(store, module, NULL, NULL);
  if (!instance) return fprintf(stderr, "%s\n", wasmc_last_error()), 1;
  wasm_extern_vec_t exports;
  wasm_instance_exports(instance, &exports);
  wasm_val_t result[1] = {WASM_INIT_VAL};
  wasm_val_vec_t results = WASM_ARRAY_VEC(result);
  wasm_trap_t* trap = wasm_func_call(wasm_extern_as_func(exports.data[0]), NULL, &results);
  if (trap) return fprintf(stderr, "%s\n", wasmc_last_error()), 1;
  printf("%d\n", (int)result[0].of.i32);
  wasm_extern_vec_delete(&exports);
  wasm_instance_delete(instance);
  wasm_module_delete(module);
  wasm_store_delete(store);
  wasm_engine_delete(engine);
  return 0;
}
