// bytes -> validated module and events. Everything that knows wabt is behind these functions.
#ifndef WASMC_COMPILER_FRONTEND_FRONTEND_H
#define WASMC_COMPILER_FRONTEND_FRONTEND_H

#include "frontend/events.h"
#include "frontend/features.h"
#include "frontend/module.h"
#include "support/diagnostic.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wasmc::compiler {

// Reads and validates a whole binary module, bodies included. Nothing of an invalid module is returned.
Result<Module> readModule(std::span<const uint8_t> bytes, const FeatureSet& features);

// Visits the bodies of the functions [first, first + count), indices in the function index space, of a module
// that readModule accepted with the same features. Safe to call from several threads at once.
void visitFunctions(const Module& module, const FeatureSet& features, uint32_t first, uint32_t count,
                    FunctionVisitor& visitor);

struct TextPosition {
  uint32_t line;
  uint32_t column;
};

// Assembles a text module. Diagnostics carry line and column.
Result<std::vector<uint8_t>> assembleText(std::string_view text, std::string_view file_name,
                                          const FeatureSet& features);

// Line and column of what makes a text module invalid, as wabt's validator sees it; none where it sees
// nothing.
std::optional<TextPosition> findInvalid(std::string_view text, std::string_view file_name,
                                        const FeatureSet& features);

bool looksBinary(std::span<const uint8_t> bytes);  // begins with "\0asm"

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_FRONTEND_FRONTEND_H
