// The instructions of one function of a module, as text.
#ifndef WASMC_TOOLS_WASMINSPECT_WASM_TEXT_H
#define WASMC_TOOLS_WASMINSPECT_WASM_TEXT_H

#include "frontend/module.h"

#include <cstdint>
#include <string>
#include <vector>

namespace wasmc::inspect {

struct WasmLine {
  uint64_t offset;   // byte offset in the module
  std::string text;  // "  i32.load offset=8", indented by its nesting
};

// In order. Instructions that can not be reached are left out, as they are in compiling. `function` is
// defined by the module.
std::vector<WasmLine> disassembleFunction(const compiler::Module& module, uint32_t function);

}  // namespace wasmc::inspect

#endif  // WASMC_TOOLS_WASMINSPECT_WASM_TEXT_H
