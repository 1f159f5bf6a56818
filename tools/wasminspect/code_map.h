// The machine code of each function of an artifact, from its address map: where, how much, and which wasm
// instruction each part belongs to. Read from the file's bytes, which may be damaged.
#ifndef WASMC_TOOLS_WASMINSPECT_CODE_MAP_H
#define WASMC_TOOLS_WASMINSPECT_CODE_MAP_H

#include "elf.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace wasmc::inspect {

// From `address` on, code belongs to the wasm instruction at `offset` in the module.
struct CodeLine {
  uint64_t address;
  uint64_t offset;
};

struct CodeRange {
  uint64_t address;  // in the file's own address space; meaningless in a relocatable object
  uint64_t size;
  uint32_t function;  // wasm function index, or abi::kNone for thunks
  std::vector<CodeLine> lines;
};

class CodeMap {
 public:
  // Empty where the file has no address map, or a damaged one.
  explicit CodeMap(const ElfFile& file);

  // Bytes of machine code; several ranges may belong to one function.
  uint64_t codeSize(uint32_t function) const;
  const std::vector<CodeRange>& ranges() const { return ranges_; }

 private:
  std::vector<CodeRange> ranges_;
  std::vector<uint64_t> sizes_;  // by function index
};

}  // namespace wasmc::inspect

#endif  // WASMC_TOOLS_WASMINSPECT_CODE_MAP_H
