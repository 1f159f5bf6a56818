// Traps: how guest code fails.
#ifndef WASMC_TRAP_H
#define WASMC_TRAP_H

#include <wasmc/abi/types.h>
#include <wasmc/api.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace wasmc {

using TrapCode = abi::TrapCode;

// A place in the source of a module.
struct SourceLocation {
  std::string file;     // as the module's DWARF has it
  uint32_t line = 0;    // from 1
  uint32_t column = 0;  // from 1; 0: not known
};

// One call that was active when a trap happened.
struct Frame {
  std::string module;              // name of the module; empty if it has none
  std::string function;            // name of the function; empty if it has none
  uint32_t function_index = 0;     // in the module
  std::optional<uint64_t> offset;  // byte offset of the instruction in the .wasm file, if known
  // The same from the start of the function's body, its locals included.
  std::optional<uint64_t> function_offset = std::nullopt;

  // Of a module that was compiled from DWARF (docs/debugging.md).
  std::optional<SourceLocation> source = std::nullopt;
  // Whether the compiler of the source inlined `function` into that of the next frame: then index and offsets
  // are those of the function of the module that it became part of.
  bool inlined = false;

  // "name!function@0x1a3 (file.c:3:9)"; unnamed functions are shown as "func[17]", inlined ones without an
  // offset.
  WASMC_API std::string str() const;
};

// What is known about one trap. A small shared handle to something immutable: cheap to copy, usable from any
// thread, independent of the store.
class WASMC_API Trap {
 public:
  // A trap without frames, for host functions that want to fail with one.
  explicit Trap(TrapCode code);
  Trap(TrapCode code, std::vector<Frame> frames, uint64_t omitted, uint64_t omitted_after);

  TrapCode code() const;
  // The text that the WebAssembly specification's tests expect: "integer divide by zero".
  const char* message() const { return abi::trapMessage(code()); }
  // Innermost first. A deep stack is cut in the middle: `omitted()` calls are left out after `omittedAfter()`
  // frames. Of a very deep one (10,000 calls and more) only the innermost frames are there, and `omitted()`
  // is less than the truth.
  const std::vector<Frame>& frames() const;
  uint64_t omitted() const;
  uint64_t omittedAfter() const;
  // The message and one line for each frame.
  std::string str() const;

 private:
  struct Data;
  std::shared_ptr<const Data> data_;
};

}  // namespace wasmc

#endif  // WASMC_TRAP_H
