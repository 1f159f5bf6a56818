#include "response_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>

namespace wasmc::tool {
namespace {

std::expected<std::string, std::string> readText(const std::string& path) {
  constexpr size_t kMost = size_t{16} << 20;
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
  const auto failed = [&](const std::string& why) {
    return std::unexpected("cannot read the arguments in '" + path + "': " + why);
  };
  if (!file) return failed(std::strerror(errno));
  std::string text;
  char chunk[4096];
  while (const size_t n = std::fread(chunk, 1, sizeof chunk, file.get())) {
    text.append(chunk, n);
    if (text.size() > kMost) return failed("longer than 16 MiB");
  }
  if (std::ferror(file.get())) return failed(std::strerror(errno));
  return text;
}

bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> words;
  std::optional<std::string> word;
  char quote = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote == 0 && isSpace(c)) {
      if (word) words.push_back(*std::exchange(word, std::nullopt));
      continue;
    }
    if (!word) word.emplace();
    if (quote == 0 && (c == '"' || c == '\''))
      quote = c;
    else if (quote != 0 && c == quote)
      quote = 0;
    else if (c == '\\' && quote != '\'' && i + 1 < text.size())
      *word += text[++i];
    else
      *word += c;
  }
  if (word) words.push_back(*word);
  return words;
}

}  // namespace

std::expected<std::vector<std::string>, std::string> expandResponseFiles(
    std::span<const char* const> arguments) {
  std::vector<std::string> expanded;
  for (const std::string argument : arguments) {
    if (argument.size() < 2 || argument.front() != '@') {
      expanded.push_back(argument);
      continue;
    }
    const auto text = readText(argument.substr(1));
    if (!text) return std::unexpected(text.error());
    for (std::string& word : split(*text)) expanded.push_back(std::move(word));
  }
  return expanded;
}

}  // namespace wasmc::tool
