// Diagnostics of the runtime library, off unless the environment asks for them:
//
//   WASMC_LOG=load,signal program…      (or WASMC_LOG=all)
//
// Each line goes to standard error in one write, as "wasmc: <category>: <text>". Nothing else in the library
// prints.
#ifndef WASMC_LOG_H
#define WASMC_LOG_H

#include <cstdint>
#include <string_view>

namespace wasmc::log {

enum class Category : uint32_t {
#define WASMC_LOG_CATEGORY(Name, text) Name,
#include "log_categories.def"
};

struct Selection {
  uint32_t categories = 0;   // bits: 1 << Category
  std::string_view unknown;  // the first name that is not a category, or empty
};
// Reads a value of WASMC_LOG: category names separated by commas, or "all".
Selection parseSelection(std::string_view list);

// Whether a line of this category would be written. Cheap: guard costly formatting with it.
bool enabled(Category category);

// Writes one line, printf style, if the category is enabled. Thread-safe. Not for signal handlers.
[[gnu::format(printf, 2, 3)]] void write(Category category, const char* format, ...);

}  // namespace wasmc::log

#endif  // WASMC_LOG_H
