#include "log.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>

namespace wasmc::log {
namespace {

constexpr std::string_view kNames[] = {
#define WASMC_LOG_CATEGORY(Name, text) text,
#include "log_categories.def"
};

void writeLine(std::string_view category, const char* format, std::va_list arguments) {
  std::array<char, 1024> line;
  const int prefix = std::snprintf(line.data(), line.size(),
                                   "wasmc: %.*s: ", static_cast<int>(category.size()), category.data());
  const size_t used = static_cast<size_t>(std::max(prefix, 0));
  const int body = std::vsnprintf(line.data() + used, line.size() - used, format, arguments);
  // One byte is kept for the line's end; what does not fit is cut.
  const size_t length = std::min(used + static_cast<size_t>(std::max(body, 0)), line.size() - 1);
  line[length] = '\n';
  [[maybe_unused]] const ssize_t ignored = ::write(STDERR_FILENO, line.data(), length + 1);
}

[[gnu::format(printf, 2, 3)]] void writeAlways(std::string_view category, const char* format, ...) {
  std::va_list arguments;
  va_start(arguments, format);
  writeLine(category, format, arguments);
  va_end(arguments);
}

uint32_t readEnvironment() {
  const char* value = std::getenv("WASMC_LOG");
  if (!value) return 0;
  const Selection selection = parseSelection(value);
  if (!selection.unknown.empty())
    writeAlways("log", "WASMC_LOG has no category '%.*s'", static_cast<int>(selection.unknown.size()),
                selection.unknown.data());
  return selection.categories;
}

}  // namespace

Selection parseSelection(std::string_view list) {
  Selection selection;
  while (!list.empty()) {
    const size_t comma = std::min(list.find(','), list.size());
    const std::string_view name = list.substr(0, comma);
    list.remove_prefix(std::min(comma + 1, list.size()));
    const auto* found = std::find(std::begin(kNames), std::end(kNames), name);
    if (name == "all")
      selection.categories = (1u << std::size(kNames)) - 1;
    else if (found != std::end(kNames))
      selection.categories |= 1u << (found - std::begin(kNames));
    else if (selection.unknown.empty())
      selection.unknown = name;
  }
  return selection;
}

bool enabled(Category category) {
  static const uint32_t categories = readEnvironment();
  return (categories >> static_cast<uint32_t>(category)) & 1;
}

void write(Category category, const char* format, ...) {
  if (!enabled(category)) return;
  std::va_list arguments;
  va_start(arguments, format);
  writeLine(kNames[static_cast<size_t>(category)], format, arguments);
  va_end(arguments);
}

}  // namespace wasmc::log
