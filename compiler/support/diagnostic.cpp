#include "support/diagnostic.h"

#include <cstdio>

namespace wasmc::compiler {

std::string hexadecimal(uint64_t number) {
  char text[24];
  std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(number));
  return text;
}

std::string Diagnostic::str() const {
  std::string where = file;
  if (line) {
    where += ":" + std::to_string(*line);
    if (column) where += ":" + std::to_string(*column);
  } else if (offset) {
    where += (where.empty() ? "" : ":") + hexadecimal(*offset);
  }
  return where.empty() ? "error: " + message : where + ": error: " + message;
}

}  // namespace wasmc::compiler
