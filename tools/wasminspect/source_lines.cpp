#include "source_lines.h"

#include <wasmc/text.h>

#include <filesystem>
#include <fstream>

namespace wasmc::inspect {
namespace {

std::span<const uint8_t> mapOf(const ElfFile& file) {
  const ElfSection* section = file.section(abi::kSourceMapSection);
  return section ? section->bytes : std::span<const uint8_t>();
}

// Nothing of what is not a plain file, or too long to be a source.
std::vector<std::string> readLines(const std::string& file) {
  constexpr uintmax_t kLongest = uintmax_t{16} << 20;
  std::error_code failed;
  if (!std::filesystem::is_regular_file(file, failed) || std::filesystem::file_size(file, failed) > kLongest)
    return {};
  std::vector<std::string> lines;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

}  // namespace

SourceLines::SourceLines(const ElfFile& file) : map_(mapOf(file)) {}

std::string SourceLines::text(const std::string& file, uint32_t line) {
  const auto [known, is_new] = files_.try_emplace(file);
  if (is_new) known->second = readLines(file);
  if (line > known->second.size()) return {};
  const std::string& found = known->second[line - 1];
  const size_t begin = found.find_first_not_of(" \t");
  return begin == std::string::npos ? "" : "  " + printable(found.substr(begin));
}

std::optional<std::string> SourceLines::at(uint64_t offset) {
  const auto row = map_.find(offset);
  if (!row || row->line == 0) return std::nullopt;
  const std::pair position(std::string(map_.file(row->file)), row->line);
  if (position == last_) return std::nullopt;
  last_ = position;
  return printable(position.first) + ":" + std::to_string(position.second) +
         text(position.first, position.second);
}

}  // namespace wasmc::inspect
