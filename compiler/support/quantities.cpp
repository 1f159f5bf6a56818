#include "support/quantities.h"

#include <charconv>
#include <cstdlib>

namespace wasmc::compiler {
namespace {

std::unexpected<std::string> needs(std::string_view option, const char* what, std::string_view found) {
  return std::unexpected("option '" + std::string(option) + "' needs " + what + "; not '" +
                         std::string(found) + "'");
}

}  // namespace

std::expected<uint64_t, std::string> parseSize(std::string_view option, std::string_view text) {
  uint64_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view unit = text.substr(static_cast<size_t>(parsed.ptr - text.data()));
  constexpr std::string_view kUnits = "KMG";
  int shift = 0;
  bool valid = parsed.ec == std::errc();
  if (unit.size() == 1 && kUnits.find(unit[0]) != std::string_view::npos) {
    shift = 10 * (static_cast<int>(kUnits.find(unit[0])) + 1);
  } else if (!unit.empty()) {
    valid = false;
  }
  if (!valid || number > (UINT64_MAX >> shift))
    return needs(option, "a number of bytes, as in 4000000, 512K, 64M or 2G", text);
  return number << shift;
}

std::expected<double, std::string> parseSeconds(std::string_view option, const std::string& text) {
  char* end = nullptr;
  const double seconds = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0' || !(seconds > 0) || seconds > 1e9)
    return needs(option, "a number of seconds above 0, as in 10 or 0.5", text);
  return seconds;
}

}  // namespace wasmc::compiler
