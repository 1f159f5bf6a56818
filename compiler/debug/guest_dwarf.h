// The DWARF of a module: what the compiler of its source left in its custom sections. Addresses in it are
// offsets in the code section (WebAssembly tool conventions, "DWARF for WebAssembly").
#ifndef WASMC_COMPILER_DEBUG_GUEST_DWARF_H
#define WASMC_COMPILER_DEBUG_GUEST_DWARF_H

#include "frontend/module.h"

#include <llvm/DebugInfo/DWARF/DWARFContext.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace wasmc::compiler {

// Damaged DWARF is no error of a module: what can be read of it counts. The module must outlive this.
class GuestDwarf {
 public:
  explicit GuestDwarf(const Module& module);

  bool empty() const { return !context_; }
  llvm::DWARFContext& context() const { return *context_; }

  // The byte offset in the .wasm file of a code address.
  uint64_t fileOffset(uint64_t address) const { return module_.code_offset + address; }
  // Whether [begin, end) lies in the body of one function: linkers leave the DWARF of functions that they
  // dropped with addresses that mean nothing.
  bool isCode(uint64_t begin, uint64_t end) const;
  // The function that begins at, or contains, a code address.
  std::optional<uint32_t> functionAt(uint64_t address) const;

 private:
  const Module& module_;
  std::unique_ptr<llvm::DWARFContext> context_;
};

// As a person would write it: demangled. Empty if it has none.
std::string functionName(const llvm::DWARFDie& function);

// Path of a file of a line table, absolute where the DWARF tells the folder.
std::string filePath(const llvm::DWARFDebugLine::LineTable& table, uint64_t file,
                     const llvm::DWARFUnit& unit);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_DEBUG_GUEST_DWARF_H
