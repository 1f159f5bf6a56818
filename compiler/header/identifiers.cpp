#include "header/identifiers.h"

#include <algorithm>

namespace wasmc::compiler {
namespace {

// Those of C++23 and C23, one list for both: a header can be read by either.
constexpr std::string_view kKeywords[] = {"alignas",
                                          "alignof",
                                          "and",
                                          "and_eq",
                                          "asm",
                                          "auto",
                                          "bitand",
                                          "bitor",
                                          "bool",
                                          "break",
                                          "case",
                                          "catch",
                                          "char",
                                          "char16_t",
                                          "char32_t",
                                          "char8_t",
                                          "class",
                                          "co_await",
                                          "co_return",
                                          "co_yield",
                                          "compl",
                                          "concept",
                                          "const",
                                          "const_cast",
                                          "consteval",
                                          "constexpr",
                                          "constinit",
                                          "continue",
                                          "decltype",
                                          "default",
                                          "delete",
                                          "do",
                                          "double",
                                          "dynamic_cast",
                                          "else",
                                          "enum",
                                          "explicit",
                                          "export",
                                          "extern",
                                          "false",
                                          "float",
                                          "for",
                                          "friend",
                                          "goto",
                                          "if",
                                          "inline",
                                          "int",
                                          "long",
                                          "mutable",
                                          "namespace",
                                          "new",
                                          "noexcept",
                                          "not",
                                          "not_eq",
                                          "nullptr",
                                          "operator",
                                          "or",
                                          "or_eq",
                                          "private",
                                          "protected",
                                          "public",
                                          "register",
                                          "reinterpret_cast",
                                          "requires",
                                          "restrict",
                                          "return",
                                          "short",
                                          "signed",
                                          "sizeof",
                                          "static",
                                          "static_assert",
                                          "static_cast",
                                          "struct",
                                          "switch",
                                          "template",
                                          "this",
                                          "thread_local",
                                          "throw",
                                          "true",
                                          "try",
                                          "typedef",
                                          "typeid",
                                          "typename",
                                          "typeof",
                                          "typeof_unqual",
                                          "union",
                                          "unsigned",
                                          "using",
                                          "virtual",
                                          "void",
                                          "volatile",
                                          "wchar_t",
                                          "while",
                                          "xor",
                                          "xor_eq"};

// Macros that compilers and the standard headers define under names like those of functions and variables.
// There are more in other headers; a host that has one of these can rename its macro.
constexpr std::string_view kMacros[] = {"EOF",     "FILE",     "INFINITY", "NAN",     "NULL",   "assert",
                                        "complex", "errno",    "i386",     "linux",   "major",  "makedev",
                                        "minor",   "offsetof", "own",      "setjmp",  "stderr", "stdin",
                                        "stdout",  "unix",     "va_arg",   "va_copy", "va_end", "va_start"};

// More than this is no help to readers, and strains compilers.
constexpr size_t kLongest = 128;

bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isPlain(char c) { return isUpper(c) || isDigit(c) || (c >= 'a' && c <= 'z'); }

// Identifiers with two underscores in a row, and those that begin with one and a capital letter, are the
// implementation's own.
std::string plain(std::string_view name) {
  std::string result;
  for (const char c : name) {
    if (isPlain(c))
      result += c;
    else if (!result.ends_with('_'))
      result += '_';
    if (result.size() == kLongest) break;
  }
  if (result.size() > 1 && result[0] == '_' && isUpper(result[1])) result.erase(0, 1);
  if (result.size() > 1 && result.ends_with('_')) result.pop_back();
  if (result.empty() || result == "_") return "unnamed";
  return isDigit(result[0]) ? "n" + result : result;
}

template <size_t N>
bool isOneOf(const std::string_view (&list)[N], std::string_view name) {
  return std::ranges::find(list, name) != std::end(list);
}

}  // namespace

Identifiers::Identifiers(std::span<const std::string_view> reserved)
    : reserved_(reserved.begin(), reserved.end()), taken_(reserved_) {}

std::string Identifiers::take(std::string_view name) {
  std::string base = plain(name);
  if (isOneOf(kKeywords, base) || isOneOf(kMacros, base) || reserved_.contains(base)) base += '_';
  const std::string stem = base.ends_with('_') ? base : base + '_';
  size_t& uses = uses_[base];
  std::string result = ++uses == 1 ? base : stem + std::to_string(uses);
  while (!taken_.insert(result).second) result = stem + std::to_string(++uses);
  return result;
}

}  // namespace wasmc::compiler
