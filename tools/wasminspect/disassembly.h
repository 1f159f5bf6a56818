// One function: its wasm instructions and its machine code, beside each other.
#ifndef WASMC_TOOLS_WASMINSPECT_DISASSEMBLY_H
#define WASMC_TOOLS_WASMINSPECT_DISASSEMBLY_H

#include "describe.h"

#include <expected>
#include <optional>
#include <string>

namespace wasmc::inspect {

// `wanted` is a name or an index. The errors are whole sentences without the file's name.
std::expected<std::string, std::string> disassembleModule(const compiler::Module& module,
                                                          const std::string& wanted);

// The machine code in `file`, a shared object, with the offsets of the wasm instructions that it belongs to;
// with the instructions themselves where `source` is there, the module that the artifact was made from.
std::expected<std::string, std::string> disassembleArtifact(const ElfFile& file, const std::string& wanted,
                                                            const compiler::Module* source);

}  // namespace wasmc::inspect

#endif  // WASMC_TOOLS_WASMINSPECT_DISASSEMBLY_H
