// Values between C and C++.
#ifndef WASMC_C_VALUES_H
#define WASMC_C_VALUES_H

#include <string_view>

#include "objects.h"

namespace wasmc::capi {

// The value as one of type `wanted`. ErrorCode::Type if it is of another kind; `what` names it in the
// message.
Result<Val> toVal(StoreBox& box, const wasm_val_t& value, ValType wanted, std::string_view what);
// The same for a reference, which may be null.
Result<Val> toVal(StoreBox& box, const wasm_ref_t* ref, ValType wanted, std::string_view what);

// The caller owns the reference in it. ErrorCode::Unsupported for v128.
Result<wasm_val_t> fromVal(const StoreHold& hold, const Val& value);
wasm_ref_t* refOf(const StoreHold& hold, const Val& reference);

}  // namespace wasmc::capi

#endif  // WASMC_C_VALUES_H
