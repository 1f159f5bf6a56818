#include "manifest.h"

#include <charconv>
#include <fstream>

namespace wasmc::spec {
namespace {

// Cuts off and returns what stands before the first `separator`, or everything.
std::string_view cut(std::string_view& rest, std::string_view separator) {
  const size_t at = rest.find(separator);
  const std::string_view head = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + separator.size());
  return head;
}

}  // namespace

std::expected<Manifest, std::string> Manifest::read(const std::filesystem::path& path) {
  std::ifstream file(path);
  if (!file) return std::unexpected("can not read " + path.string());
  Manifest manifest;
  uint32_t number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.empty() || line.starts_with('#')) continue;
    std::string_view rest = line;
    const std::string_view kind = cut(rest, " ");
    std::string_view what = cut(rest, ": ");
    Row row{number, kind == "uses", std::string(what), 0, std::string(rest)};
    if (kind == "at") {
      row.pattern = cut(what, ":");
      std::from_chars(what.data(), what.data() + what.size(), row.line);
    }
    if (row.reason.empty() || row.pattern.empty() || row.is_refusal != (row.line == 0))
      return std::unexpected(path.string() + ":" + std::to_string(number) +
                             ": expected `uses PROPOSAL: reason` or `at SCRIPT:LINE: reason`, found `" +
                             line + "`");
    manifest.rows_.push_back(std::move(row));
  }
  return manifest;
}

std::optional<std::string> Manifest::refusal(std::string_view message) {
  for (const Row& row : rows_)
    if (row.is_refusal && message.contains("uses " + row.pattern + " (")) {
      used_.insert(row.number);
      return row.reason;
    }
  return std::nullopt;
}

std::optional<std::string> Manifest::command(std::string_view script, uint32_t line) {
  for (const Row& row : rows_)
    if (!row.is_refusal && row.pattern == script && row.line == line) {
      used_.insert(row.number);
      return row.reason;
    }
  return std::nullopt;
}

std::vector<std::string> Manifest::unused(const std::set<uint32_t>& used) const {
  std::vector<std::string> rows;
  for (const Row& row : rows_)
    if (!used.contains(row.number))
      rows.push_back("skips.txt:" + std::to_string(row.number) + ": `" + row.pattern +
                     "` skips nothing any more; remove the row");
  return rows;
}

}  // namespace wasmc::spec
