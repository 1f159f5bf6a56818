/* The headers are C11, and their initialisers constant expressions, without a warning. */
#include <wasmc.h>

const wasm_val_t wasmc_test_values[] = {WASM_I32_VAL(1), WASM_I64_VAL(2), WASM_F32_VAL(3), WASM_F64_VAL(4),
                                        WASM_INIT_VAL};
const wasm_val_vec_t wasmc_test_no_values = WASM_EMPTY_VEC;
