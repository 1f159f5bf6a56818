#include "support/diagnostic.h"

#include <cstdio>

namespace wasmc::compiler {

std::string Diagnostic::str() const {
  std::string where = file;
  if (line) {
    where += ":" + std::to_string(*line);
    if (column) where += ":" + std::to_string(*column);
  } else if (offset) {
    char hex[24];
    std::snprintf(hex, sizeof hex, "0x%llx", static_cast<unsigned long long>(*offset));
    where += (where.empty() ? "" : ":") + std::string(hex);
  }
  return where.empty() ? "error: " + message : where + ": error: " + message;
}

}  // namespace wasmc::compiler
