// Calls from the guest to functions of C.
#ifndef WASMC_C_CALLBACK_H
#define WASMC_C_CALLBACK_H

#include <functional>
#include <span>

#include "values.h"

namespace wasmc::capi {

// Calls `callback` with the arguments as C values, and takes its results, or its trap, from it.
Result<void> callBack(StoreBox& box, std::span<const Val> args, std::span<Val> results,
                      const std::function<wasm_trap_t*(const wasm_val_vec_t*, wasm_val_vec_t*)>& callback);

}  // namespace wasmc::capi

#endif  // WASMC_C_CALLBACK_H
