// Errors as values.
#ifndef WASMC_RESULT_H
#define WASMC_RESULT_H

#include <wasmc/api.h>
#include <wasmc/exception.h>
#include <wasmc/trap.h>

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <utility>

namespace wasmc {

enum class ErrorCode : int32_t {
#define WASMC_ERROR(Name, number, meaning) Name = number,
#include <wasmc/error_codes.def>
};

// The enumerator's name: "Link".
WASMC_API const char* errorName(ErrorCode code);

struct Error {
  ErrorCode code = ErrorCode::Host;
  std::string message;       // what was found, what was expected, what to do
  std::optional<Trap> trap;  // where guest code was: of Trap and Interrupted, and of errors of host functions
                             // that guest code called
  int32_t exit_status = 0;   // of Exit
  std::optional<Exception> exception = std::nullopt;  // of Exception

  // Whether guest code trapped: Trap, Interrupted, FuelExhausted.
  WASMC_API bool isTrap() const;

  // Returned from a host function: ends the guest's call with a trap of this code.
  WASMC_API static Error ofTrap(TrapCode code);
  // Returned from a host function: ends the guest's call; the host gets this error back from its call.
  WASMC_API static Error exit(int32_t status);
  WASMC_API static Error host(std::string message);
  // Returned from a host function: throws in the guest that called it. An error that a call into guest code
  // gave, if it has an exception, does the same: so exceptions go through host functions that pass errors on.
  WASMC_API static Error thrown(Exception exception);
};

template <typename T>
using Result = std::expected<T, Error>;

// `return error(ErrorCode::Type, "…");` from any function that returns a Result.
inline std::unexpected<Error> error(ErrorCode code, std::string message) {
  return std::unexpected(Error{code, std::move(message), std::nullopt, 0});
}

}  // namespace wasmc

#endif  // WASMC_RESULT_H
