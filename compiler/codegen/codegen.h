// LLVM modules -> optimised modules -> objects -> shared object. Sees nothing of WebAssembly but symbol names
// (support/symbols.h is for that) and debug locations, which have wasm byte offsets (OffsetIn).
#ifndef WASMC_COMPILER_CODEGEN_CODEGEN_H
#define WASMC_COMPILER_CODEGEN_CODEGEN_H

#include "support/diagnostic.h"

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace llvm {
class Module;
class TargetMachine;
}  // namespace llvm

namespace wasmc::compiler {

enum class OptLevel { O0, O1, O2, O3, Os };

struct TargetOptions {
  std::string triple;  // empty: the host's
  std::string cpu;     // empty: the portable default of the target (x86-64-v2); "native": the host's
  OptLevel level = OptLevel::O2;
};

using Bytes = std::vector<uint8_t>;

class Target {
 public:
  static Result<Target> create(const TargetOptions& options);
  Target(Target&&) noexcept;
  Target& operator=(Target&&) noexcept;
  ~Target();

  // One machine a thread: TargetMachines are not shared.
  std::unique_ptr<llvm::TargetMachine> machine() const;
  const std::string& triple() const;          // normalised
  const std::string& cpu() const;             // resolved ("native" replaced by the host's name)
  std::vector<std::string> features() const;  // all that the CPU setting implies, LLVM names, sorted

 private:
  struct Impl;
  explicit Target(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

enum class RemarkKind { Done, Missed, Reason };

struct CodeRemark {
  RemarkKind kind;
  std::string pass;
  std::string message;
  std::string symbol;  // of the function
  uint32_t line;       // of the debug location; 0: unknown
  bool operator==(const CodeRemark&) const = default;
};

// What the optimisation of one module is asked to note down, and what it noted.
struct Notes {
  std::vector<std::string> remark_passes;  // whose remarks are wanted; "all": of every pass
  bool time_functions = false;
  std::vector<CodeRemark> remarks;
  std::map<std::string, double> function_seconds;  // by symbol; processor time of passes over this function
};

// Code that is full of bounds checks is not to be vectorised: loops with that many exits hardly ever are, and
// LLVM 22.1's attempts make divisions of 128 bits, which need a library, or crash.
void optimise(llvm::Module& module, llvm::TargetMachine& machine, OptLevel level, bool vectorise,
              Notes& notes);
Result<Bytes> emitObject(llvm::Module& module, llvm::TargetMachine& machine);
Result<std::string> emitAssembly(llvm::Module& module, llvm::TargetMachine& machine);

struct MachineLine {
  uint64_t address;
  std::string text;
};
// Machine code that lies at `address`. Bytes that are no instruction become ".byte".
Result<std::vector<MachineLine>> disassembleCode(std::span<const uint8_t> code, uint64_t address,
                                                 const std::string& target_triple,
                                                 const std::vector<std::string>& features);

// Where debug locations have the wasm byte offset, plus one.
enum class OffsetIn {
  Lines,           // lines and calls' lines are nothing else
  Discriminators,  // lines are those of a source
};

// An object that defines kAddressMapSymbol from the line tables and function symbols of `objects`.
Result<Bytes> makeAddressMap(const std::vector<Bytes>& objects, const Target& target,
                             OffsetIn offsets = OffsetIn::Lines);

struct LinkOptions {
  std::string descriptor_symbol;
  bool symbols = true;      // those that nothing but debuggers and profilers needs
  bool debug_info = false;  // DWARF
};
// In process by lld. Deterministic.
Result<Bytes> linkSharedObject(const std::vector<Bytes>& objects, const Target& target,
                               const LinkOptions& options);
// Replaces kDebugMemoryMark in the DWARF of a linked shared object by the address of kDebugMemorySymbol.
void placeDebugMemory(Bytes& shared_object);
// One relocatable object in which only the descriptor symbol is global.
Result<Bytes> linkRelocatable(const std::vector<Bytes>& objects, const Target& target,
                              const LinkOptions& options);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_CODEGEN_CODEGEN_H
