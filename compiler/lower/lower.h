// Validated events -> LLVM IR. Knows the ABI and LLVM IR; knows neither wabt nor targets' code generators.
//
// A module is lowered in units, each its own llvm::Module, which may live in different LLVMContexts and
// threads: `lowerFunctions` makes one with the bodies of a range of functions, `lowerRoot` the one that
// holds descriptor, metadata, thunks, adapters and library call stubs. Symbols that units share have hidden
// visibility and the names of support/symbols.h.
#ifndef WASMC_COMPILER_LOWER_LOWER_H
#define WASMC_COMPILER_LOWER_LOWER_H

#include "frontend/frontend.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace llvm {
class DataLayout;
class LLVMContext;
class Module;
class Triple;
}  // namespace llvm

namespace wasmc::compiler {

enum class TrapLowering {
  Instruction,  // a trap instruction that carries the code; the runtime's signal handler decodes it
  Call,         // a call of the `trap` builtin
};

enum class BoundsChecks {
  Guard,     // 32-bit memories: reserved address space, no check
  Explicit,  // compare with the current size before each access
};

struct LowerOptions {
  TrapLowering traps = TrapLowering::Instruction;
  BoundsChecks bounds = BoundsChecks::Guard;
  // Instructions that the CPU setting has, where lowering chooses by them.
  bool fused_multiply_add = false;
  bool dot_product = false;   // four products of bytes added to a word: VPDPBUSD, SDOT
  bool avx512 = false;        // its 128-bit forms
  bool strict_traps = false;  // every access to memory happens, in order, also where it has no other effect
  bool address_map = true;    // a debug location a wasm instruction, for the address map
  // With -g: where the functions' DWARF is, by index (debug/debug_info.h). The caller keeps it.
  const std::vector<uint64_t>* debug_info = nullptr;
  bool fuel = false;    // count instructions against the store's fuel (fuel.h)
  bool epochs = false;  // compare the engine's epoch with the store's deadline (late_code.h)
  FeatureSet features;
};

// Why no module that contains this instruction gets here; null where it is lowered.
const char* unsupportedReason(Opcode op);

// What the descriptor says of the compilation.
struct ArtifactInfo {
  std::string compiler;
  std::string target;
  std::string cpu;
  std::string options;
  std::vector<std::string> cpu_features;
  uint32_t modes = 0;                          // abi::Mode
  std::string symbol;                          // of the descriptor
  std::vector<CustomSection> custom_sections;  // that the artifact keeps
  std::vector<uint8_t> source_map;             // in the layout of abi::SourceMap; may be empty
};

// A range of functions [first, first + count) that is one unit.
struct Unit {
  uint32_t first;
  uint32_t count;
};

// Splits the defined functions into units. Depends on the module alone, so that the artifact does not depend
// on the number of threads.
std::vector<Unit> planUnits(const Module& module);

// `triple` and `layout` are those of the target machine; lowering needs nothing else of it.
std::unique_ptr<llvm::Module> lowerFunctions(const Module& module, Unit unit, const LowerOptions& options,
                                             llvm::LLVMContext& context, const llvm::Triple& triple,
                                             const llvm::DataLayout& layout);

std::unique_ptr<llvm::Module> lowerRoot(const Module& module, const ArtifactInfo& info,
                                        const LowerOptions& options, llvm::LLVMContext& context,
                                        const llvm::Triple& triple, const llvm::DataLayout& layout);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_LOWER_LOWER_H
