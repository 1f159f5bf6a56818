// Error numbers: from the host's to the guest's.
#ifndef WASMC_WASI_ERRNO_H
#define WASMC_WASI_ERRNO_H

#include "wasi/types.h"

#include <expected>

namespace wasmc::wasi {

// A value, or the error that the guest gets to see.
template <typename T>
using Expected = std::expected<T, Errno>;

inline std::unexpected<Errno> fail(Errno error) { return std::unexpected(error); }

// The guest's number for an errno of the host; Io for one that WASI does not know.
Errno fromHost(int host_errno);

// Of the current `errno`.
Errno lastError();
inline std::unexpected<Errno> failWithLastError() { return fail(lastError()); }

// "SUCCESS", "BADF", ...
const char* errnoName(Errno error);

}  // namespace wasmc::wasi

#endif  // WASMC_WASI_ERRNO_H
