// Where DWARF says a variable is: its location expression, for LLVM.
#ifndef WASMC_COMPILER_DEBUG_PLACES_H
#define WASMC_COMPILER_DEBUG_PLACES_H

#include "debug/debug_info.h"

#include <llvm/ADT/SmallVector.h>
#include <llvm/DebugInfo/DWARF/LowLevel/DWARFExpression.h>

#include <optional>

namespace wasmc::compiler {

struct Place {
  VariablePlace::Kind kind;
  uint64_t value;
  llvm::SmallVector<uint64_t, 12> operations;  // of a DIExpression
};

// `frame_base`: of the function that the variable belongs to. None for what has no counterpart: pieces,
// values that the debugger would have to ask other frames for.
std::optional<Place> placeOf(llvm::ArrayRef<uint8_t> expression, const std::optional<Place>& frame_base);

// A frame base is a value, whether its expression says so or not.
std::optional<Place> frameBaseOf(llvm::ArrayRef<uint8_t> expression);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_DEBUG_PLACES_H
