// The artifact's source map, from the module's DWARF.
#ifndef WASMC_COMPILER_DEBUG_SOURCE_MAP_H
#define WASMC_COMPILER_DEBUG_SOURCE_MAP_H

#include "frontend/module.h"

#include <cstdint>
#include <vector>

namespace wasmc::compiler {

struct SourceInfo {
  std::vector<uint8_t> map;             // in the layout of abi::SourceMap; empty for a module without DWARF
  std::vector<uint64_t> function_dies;  // by function index: offset in .debug_info; 0: none
};

SourceInfo readSourceInfo(const Module& module);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_DEBUG_SOURCE_MAP_H
