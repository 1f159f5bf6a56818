// Errors of the compiler, as values.
#ifndef WASMC_COMPILER_SUPPORT_DIAGNOSTIC_H
#define WASMC_COMPILER_SUPPORT_DIAGNOSTIC_H

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <utility>

namespace wasmc::compiler {

std::string hexadecimal(uint64_t number);  // "0x1a3"

struct Diagnostic {
  std::string message;             // what was found, what was expected, what to do
  std::optional<uint64_t> offset;  // byte offset in the module
  std::string file;                // filled in by the driver; empty for a module from memory
  std::optional<uint32_t> line;    // of a text module
  std::optional<uint32_t> column;

  // "app.wasm:0x1a3: error: message"; "app.wat:3:7: error: message".
  std::string str() const;
};

template <typename T>
using Result = std::expected<T, Diagnostic>;

inline std::unexpected<Diagnostic> error(std::string message, std::optional<uint64_t> offset = std::nullopt) {
  return std::unexpected(Diagnostic{std::move(message), offset, {}, {}, {}});
}

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_SUPPORT_DIAGNOSTIC_H
