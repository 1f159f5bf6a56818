// The headers are C++17, too, and can stand beside those of the C++ API in one program.
#include <wasmc.h>

wasm_val_t wasmc_test_cpp_values[] = {WASM_I32_VAL(1), WASM_I64_VAL(2), WASM_F32_VAL(3), WASM_F64_VAL(4),
                                      WASM_INIT_VAL};
wasm_val_vec_t wasmc_test_cpp_vector = WASM_ARRAY_VEC(wasmc_test_cpp_values);
