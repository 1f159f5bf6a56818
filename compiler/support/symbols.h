// Names of the symbols that the units of one artifact share. All but the descriptor are hidden, and made
// local in the final object.
#ifndef WASMC_COMPILER_SUPPORT_SYMBOLS_H
#define WASMC_COMPILER_SUPPORT_SYMBOLS_H

#include <cstdint>
#include <string>

namespace wasmc::compiler {

// A defined wasm function. The index makes it unique; the code generator reads it back for the address map.
// `label` (sanitised) follows so that debuggers and profilers show it: "wasm.17.fib".
std::string functionSymbol(uint32_t index, const std::string& label);
// The index in a symbol made by functionSymbol; -1 where it is not one.
int64_t functionIndexOfSymbol(const std::string& symbol);
// For people: the sanitised label, or "func[17]" where there is none; any other symbol as it is.
std::string labelOfSymbol(const std::string& symbol);

std::string entrySymbol(uint32_t function);                       // "wasmc.entry.17"
std::string arrayCallSymbol(uint32_t type);                       // "wasmc.array_call.3"
std::string adapterSymbol(uint32_t type);                         // "wasmc.adapter.3"
inline constexpr char kAddressMapSymbol[] = "wasmc.address_map";  // defined by the code generator

// A pointer in an artifact with debug information: where the memory of the instance that was made last
// begins. Locations of variables in linear memory need its address, which LLVM's debug information has no way
// to name: the mark stands for it until the artifact is linked (codegen/debug_memory.h).
inline constexpr char kDebugMemorySymbol[] = "wasmc_debug_memory";
inline constexpr uint64_t kDebugMemoryMark = 0xd7a9'5c31'8e64'b2f5;

// Functions of each unit, void(ptr instance), that the code generator puts into those with the attribute
// (codegen/late_code.h): where they begin if they make calls, and into each of their loops.
inline constexpr char kLateCodeAttribute[] = "wasmc-late-code";
inline constexpr char kAtEntrySymbol[] = "wasmc.at_entry";
inline constexpr char kInLoopsSymbol[] = "wasmc.in_loops";

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_SUPPORT_SYMBOLS_H
