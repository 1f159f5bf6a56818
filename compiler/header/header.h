// Headers for host programs: the imports and exports of one module with their types, as declarations of C++
// or C that the compiler of the host checks.
//
// Names in a module are any text, and the module may mean harm. Of its text nothing gets into a header but
//   * identifiers, made by `Identifiers` of letters, digits and underscores only;
//   * string literals, made by `literal`, in which everything but harmless ASCII is an octal escape.
// In particular nothing of it stands in comments.
#ifndef WASMC_COMPILER_HEADER_HEADER_H
#define WASMC_COMPILER_HEADER_HEADER_H

#include "frontend/module.h"

#include <array>
#include <cstdint>
#include <string>

namespace wasmc::compiler {

// What a header says that is not in the module.
struct HeaderInfo {
  std::string name;      // of the module, to name the header's types after: any text
  std::string symbol;    // of the descriptor in an object file; empty: the module is not linked in
  std::string compiler;  // "wasmc 0.1.0 (LLVM 22.1.8)"
  std::array<uint8_t, 32> source_sha256 = {};
};

// For <wasmc/wasmc.h>, C++23.
std::string cppHeader(const Module& module, const HeaderInfo& info);

// For <wasmc.h>, C11 and C++17.
std::string cHeader(const Module& module, const HeaderInfo& info);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_HEADER_HEADER_H
