// The compiler as a library: a WebAssembly module in, a native artifact (or one of the stages before it) out.
//
// Thread-safe: any number of calls may run at the same time. Errors are returned as values; nothing is
// printed. Not everything can be returned: where LLVM itself runs out of memory or finds a mistake of its
// own, it ends the process. Programs that must survive that use compileInChild.
#ifndef WASMC_COMPILER_H
#define WASMC_COMPILER_H

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wasmc::compiler {

enum class OutputKind {
  SharedObject,   // .so
  Object,         // .o
  Assembly,       // .s
  Ir,             // .ll after optimisation
  IrUnoptimised,  // .ll as lowered
  Bitcode,        // .bc after optimisation
};

enum class Bounds {
  Guard,     // pages that fault: nothing is checked, traps are signals
  Explicit,  // memory accesses and the stack are checked, traps are calls: for hosts that allow no handlers
             // of signals or no large reservations of address space
};

// How far a compilation is.
struct Progress {
  uint32_t functions_done = 0;
  uint32_t functions = 0;  // that the module defines
  double share = 0;        // of the work that is done, 0 to 1, judged by the functions' sizes
};

// What an artifact has for people. None of it changes the machine code.
enum class DebugInfo {
  None,   // no symbols, no lines of the source, names of exported functions only
  Names,  // symbols; names of functions and lines of the source in backtraces, as far as the module has them
  Full,   // native DWARF for debuggers, too, made of the module's
};

struct CompileOptions {
  OutputKind output = OutputKind::SharedObject;
  std::string opt_level = "2";  // "0" "1" "2" "3" "s"
  std::string target;           // triple; empty: this machine's
  std::string cpu;              // empty: the portable default; "native": this machine's
  bool strict_traps = false;    // no access to memory is left out or moved: slower
  bool fuel = false;            // count what is executed, against Store::setFuel
  bool epochs = false;          // end at Store::setEpochDeadline
  Bounds bounds = Bounds::Guard;
  DebugInfo debug = DebugInfo::Names;
  std::vector<std::string> enable;  // proposals, by flag name
  std::vector<std::string> disable;
  // Custom sections that the artifact keeps for Module::customSections: their names, or "all". Not set: all
  // but names, debug information and what is for linkers only (see docs/cli.md).
  std::optional<std::vector<std::string>> keep_custom;
  std::string symbol;       // descriptor symbol; empty: the default of the output kind
  std::string module_name;  // names the descriptor of an Object; empty: the name section's
  unsigned threads = 0;     // 0: all processors. Never changes the output
  bool verify = false;      // run LLVM's verifier on the lowered module: for work on the compiler
  // What is done on the way; none of it changes the output.
  std::vector<std::string>
      remarks;                  // LLVM passes whose remarks are wanted, such as "loop-vectorize"; or "all"
  bool time_functions = false;  // note which functions the optimiser spends its time on
  std::function<void(const Progress&)> progress;  // called now and then, by one thread at a time
};

struct CompileError {
  std::string message;
  std::optional<uint64_t> offset;  // byte offset in a binary module
  std::optional<uint32_t> line;    // of a text module
  std::optional<uint32_t> column;

  // "app.wasm:0x1a3: error: message"; "app.wat:3:7: error: message".
  std::string describe(std::string_view file) const;
};

struct PhaseTime {
  std::string name;
  double seconds;  // of processor time, all threads together
};

struct FunctionTime {
  std::string function;  // its name, or "func[17]"
  double seconds;        // of processor time in the optimiser
};

// What an optimisation says about a place in the module.
struct Remark {
  enum class Kind {
    Done,    // it did something: "vectorized loop (vectorization width: 8, interleaved count: 4)"
    Missed,  // it did not
    Reason,  // why not, or at what cost
  };
  Kind kind;
  std::string pass;  // "loop-vectorize"
  std::string message;
  std::string function;            // its name, or "func[17]"
  std::optional<uint64_t> offset;  // byte offset in the module, if known

  // "app.wasm:0x1a3: missed: loop not vectorized [loop-vectorize] in sum"
  std::string describe(std::string_view file) const;
};

struct CompileResult {
  std::vector<uint8_t> bytes;
  std::vector<PhaseTime> phases;
  std::vector<FunctionTime> function_times;  // the longest first; as CompileOptions::time_functions asked
  std::vector<Remark> remarks;               // in order of the module; as CompileOptions::remarks asked
  std::string target;                        // normalised triple
  std::string cpu;                           // resolved: "native" replaced by its name
  std::vector<std::string> cpu_features;     // that the code needs, LLVM's names
  std::string symbol;                        // of the descriptor
  size_t units = 0;                          // that were compiled independently
};

// What is wrong with the options themselves, whatever the module: unknown targets, CPUs, features, bad
// symbols. `compile` reports the same.
std::expected<void, CompileError> checkOptions(const CompileOptions& options);

// All that an artifact depends on but the module, as a part of the key of a cache: the options, the compiler,
// the ABI, and the machine where the options leave something to it. Fails where `compile` would.
std::expected<std::string, CompileError> describeSettings(const CompileOptions& options);

// Compiles a binary module.
std::expected<CompileResult, CompileError> compile(std::span<const uint8_t> wasm,
                                                   const CompileOptions& options);

// Checks a binary module without compiling it. Of the options only `enable` and `disable` count.
std::expected<void, CompileError> validate(std::span<const uint8_t> wasm, const CompileOptions& options);

// The same in a process that is forked for it, which prints nothing. If it does not come to an end of its own
// that is an error like any other. No other thread may hold a lock of LLVM: where some threads compile in
// process, compile everything in process.
std::expected<std::vector<uint8_t>, CompileError> compileInChild(std::span<const uint8_t> wasm,
                                                                 const CompileOptions& options);
std::expected<void, CompileError> validateInChild(std::span<const uint8_t> wasm,
                                                  const CompileOptions& options);

// Assembles a text module (.wat) to a binary one. Of the options only `enable` and `disable` count.
std::expected<std::vector<uint8_t>, CompileError> assemble(std::string_view text,
                                                           const CompileOptions& options);

// An error that `compile` found in a module that `assemble` made of this text, with line and column in the
// text instead of the byte offset, if they can be found out.
CompileError locateInText(std::string_view text, CompileError error, const CompileOptions& options);

enum class HeaderLanguage {
  Cpp,  // for <wasmc/wasmc.h>, C++23
  C,    // for <wasmc.h>, C11 and C++17
};

// A header for host programs that use the module: its imports and exports with their types
// (docs/embedding.md). Its names come from `module_name`; with OutputKind::Object it also finds the module in
// the program. All else of the options that is not about WebAssembly changes nothing.
std::expected<std::string, CompileError> generateHeader(std::span<const uint8_t> wasm,
                                                        HeaderLanguage language,
                                                        const CompileOptions& options);

struct MachineInstruction {
  uint64_t address;
  std::string text;  // "movl 0x10(%rdi), %eax"
};
// Machine code for `target`, a triple, as assembly; it lies at `address`. `cpu_features` are those that it
// may use, LLVM's names. Bytes that are no instruction become ".byte".
std::expected<std::vector<MachineInstruction>, CompileError> disassemble(
    std::span<const uint8_t> code, uint64_t address, const std::string& target,
    const std::vector<std::string>& cpu_features);

struct FeatureInfo {
  std::string flag;   // as in `enable` and `disable`
  bool supported;     // and then on by default
  std::string since;  // version of the core specification, or "proposal"
};
// The proposals that this version knows of.
std::vector<FeatureInfo> features();

// "wasmc 0.1.0 (LLVM 22.1.8, wabt 1.0.32)"
std::string versionString();

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_H
