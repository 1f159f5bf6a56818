// Why wasmrun ends without the program's own exit status.
#ifndef WASMC_TOOLS_WASMRUN_FAILURE_H
#define WASMC_TOOLS_WASMRUN_FAILURE_H

#include <wasmc/result.h>

#include <expected>
#include <optional>
#include <string>
#include <utility>

namespace wasmc::tool {

inline constexpr int kExitFailure = 1;    // the program could not be run
inline constexpr int kExitUsage = 2;      // wrong command line
inline constexpr int kExitTimeout = 124;  // as timeout(1)
inline constexpr int kExitTrap = 134;     // as a shell shows an abort

struct Failure {
  int status = kExitFailure;
  std::string message;                        // without "error:"; empty if it has been printed already
  std::optional<Error> error = std::nullopt;  // of the program, where that is what ended it
};

template <typename T>
using Outcome = std::expected<T, Failure>;

inline std::unexpected<Failure> failure(std::string message, int status = kExitFailure) {
  return std::unexpected(Failure{status, std::move(message)});
}

// Prints the message, and returns the status to exit with.
int report(const Failure& failure);

}  // namespace wasmc::tool

#endif  // WASMC_TOOLS_WASMRUN_FAILURE_H
