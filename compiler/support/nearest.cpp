#include "support/nearest.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

namespace wasmc::compiler {
namespace {

// Levenshtein distance, one row at a time.
size_t editDistance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 0; i < a.size(); ++i) {
    size_t diagonal = std::exchange(row[0], i + 1);
    for (size_t j = 0; j < b.size(); ++j) {
      const size_t substituted = diagonal + (a[i] != b[j]);
      diagonal = row[j + 1];
      row[j + 1] = std::min({substituted, diagonal + 1, row[j] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::vector<std::string> nearest(std::string_view word, std::span<const std::string> names) {
  constexpr size_t kMaxNames = 3;
  std::vector<std::pair<size_t, std::string>> close;
  for (const std::string& name : names) {
    const size_t distance = editDistance(word, name);
    if (distance <= std::max<size_t>(1, std::max(word.size(), name.size()) / 3))
      close.emplace_back(distance, name);
  }
  std::sort(close.begin(), close.end());
  const size_t least = close.empty() ? 0 : close.front().first;
  std::erase_if(close, [&](const auto& c) { return c.first > least + 1; });
  if (close.size() > kMaxNames) close.resize(kMaxNames);
  std::vector<std::string> result;
  for (auto& [distance, name] : close) result.push_back(std::move(name));
  return result;
}

std::string didYouMean(std::string_view word, std::span<const std::string> names) {
  const std::vector<std::string> close = nearest(word, names);
  std::string text;
  for (size_t i = 0; i < close.size(); ++i) {
    text += i == 0 ? "; did you mean " : i + 1 == close.size() ? " or " : ", ";
    text += "'" + close[i] + "'";
  }
  return text.empty() ? text : text + "?";
}

}  // namespace wasmc::compiler
