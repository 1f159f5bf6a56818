#include "support/symbols.h"

#include <charconv>

namespace wasmc::compiler {
namespace {

constexpr char kFunctionPrefix[] = "wasm.";

bool isSymbolCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
         c == '$';
}

}  // namespace

std::string functionSymbol(uint32_t index, const std::string& label) {
  // Long C++ names are cut: the index keeps the symbol unique.
  constexpr size_t kMaxLabel = 200;
  std::string symbol = kFunctionPrefix + std::to_string(index);
  if (label.empty()) return symbol;
  symbol += '.';
  for (char c : label.substr(0, kMaxLabel)) symbol += isSymbolCharacter(c) ? c : '_';
  return symbol;
}

int64_t functionIndexOfSymbol(const std::string& symbol) {
  const std::string prefix = kFunctionPrefix;
  if (!symbol.starts_with(prefix)) return -1;
  uint32_t index = 0;
  const char* end = symbol.data() + symbol.size();
  const auto parsed = std::from_chars(symbol.data() + prefix.size(), end, index);
  if (parsed.ec != std::errc() || (parsed.ptr != end && *parsed.ptr != '.')) return -1;
  return index;
}

std::string labelOfSymbol(const std::string& symbol) {
  const int64_t index = functionIndexOfSymbol(symbol);
  if (index < 0) return symbol;
  const size_t dot = symbol.find('.', sizeof kFunctionPrefix - 1);
  return dot == std::string::npos ? "func[" + std::to_string(index) + "]" : symbol.substr(dot + 1);
}

std::string entrySymbol(uint32_t function) { return "wasmc.entry." + std::to_string(function); }

std::string arrayCallSymbol(uint32_t type) { return "wasmc.array_call." + std::to_string(type); }

std::string adapterSymbol(uint32_t type) { return "wasmc.adapter." + std::to_string(type); }

}  // namespace wasmc::compiler
