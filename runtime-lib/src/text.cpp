#include <wasmc/text.h>

#include <algorithm>
#include <cstdio>

namespace wasmc {
namespace {

bool isPlain(char c) { return c >= ' ' && c < 0x7f && c != '"' && c != '\\'; }

}  // namespace

std::string inQuotes(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (isPlain(c)) {
      result += c;
      continue;
    }
    char escape[4];
    std::snprintf(escape, sizeof escape, "\\%02x", static_cast<unsigned char>(c));
    result += escape;
  }
  return result + '"';
}

std::string printable(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), isPlain) ? std::string(text) : inQuotes(text);
}

}  // namespace wasmc
