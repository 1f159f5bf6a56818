// What a module may contain at most: the limits that engines agree on (WebAssembly JavaScript interface,
// section "Implementation-defined limits"), and some against modules made to exhaust memory.
#ifndef WASMC_COMPILER_FRONTEND_LIMITS_H
#define WASMC_COMPILER_FRONTEND_LIMITS_H

#include <cstdint>

namespace wasmc::compiler::limits {

inline constexpr uint64_t kTypes = 1'000'000;
inline constexpr uint64_t kParams = 1'000;
inline constexpr uint64_t kResults = 1'000;
inline constexpr uint64_t kFunctions = 1'000'000;
inline constexpr uint64_t kImports = 1'000'000;
inline constexpr uint64_t kExports = 1'000'000;
inline constexpr uint64_t kGlobals = 1'000'000;
inline constexpr uint64_t kTags = 1'000'000;
inline constexpr uint64_t kTables = 100'000;
inline constexpr uint64_t kMemories = 100;
inline constexpr uint64_t kDataSegments = 100'000;
inline constexpr uint64_t kElemSegments = 1'000'000;
inline constexpr uint64_t kElements = 10'000'000;  // in all element segments together
inline constexpr uint64_t kConstInstrs = 1'000;    // in one constant expression
inline constexpr uint64_t kNameBytes = 100'000;
inline constexpr uint64_t kLocals = 50'000;       // of one function, parameters included
inline constexpr uint64_t kNesting = 16'384;      // blocks inside each other
inline constexpr uint64_t kOperands = 1'000'000;  // height of the operand stack

}  // namespace wasmc::compiler::limits

#endif  // WASMC_COMPILER_FRONTEND_LIMITS_H
