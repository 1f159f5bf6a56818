// The artifact's source map, from the module's DWARF.
#ifndef WASMC_COMPILER_DEBUG_SOURCE_MAP_H
#define WASMC_COMPILER_DEBUG_SOURCE_MAP_H

#include "frontend/module.h"

#include <cstdint>
#include <vector>

namespace wasmc::compiler {

// In the layout of abi::SourceMap. Empty for a module without DWARF.
std::vector<uint8_t> makeSourceMap(const Module& module);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_DEBUG_SOURCE_MAP_H
