// Whether a value that the host gives may go where it is given to.
#ifndef WASMC_VALUE_CHECK_H
#define WASMC_VALUE_CHECK_H

#include <wasmc/result.h>
#include <wasmc/store.h>
#include <wasmc/types.h>
#include <wasmc/val.h>

namespace wasmc::detail {

// ErrorCode::Type if the value's type does not match, ErrorCode::InvalidHandle if it is a function of another
// store. `what` names the place in the message.
Result<void> checkValue(const Val& value, ValType wanted, StoreRef store, const char* what);

// Whether each value of type `found` is one of type `wanted`.
bool isSubtype(ValType found, ValType wanted);

}  // namespace wasmc::detail

#endif  // WASMC_VALUE_CHECK_H
