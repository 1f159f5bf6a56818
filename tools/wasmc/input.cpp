#include "input.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

namespace wasmc::tool {
namespace {

// The largest module that WebAssembly's JavaScript interface allows, too.
constexpr size_t kMaxModule = size_t{1} << 30;

using Bytes = std::vector<uint8_t>;

std::expected<Bytes, std::string> readAll(int fd) {
  Bytes bytes;
  struct stat info{};
  if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode))
    bytes.reserve(std::min(static_cast<size_t>(info.st_size), kMaxModule));
  std::array<uint8_t, 1 << 16> block;
  for (;;) {
    const ssize_t n = read(fd, block.data(), block.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return std::unexpected("cannot read: " + std::generic_category().message(errno));
    if (n == 0) return bytes;
    if (bytes.size() + static_cast<size_t>(n) > kMaxModule)
      return std::unexpected(std::string("longer than 1 GiB, which no WebAssembly module is"));
    bytes.insert(bytes.end(), block.begin(), block.begin() + n);
  }
}

std::expected<Bytes, std::string> readFile(const std::string& path) {
  if (path == "-") return readAll(STDIN_FILENO);
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return std::unexpected("cannot open: " + std::generic_category().message(errno));
  auto bytes = readAll(fd);
  close(fd);
  return bytes;
}

// A file says what it is by its name, standard input by its first byte.
bool isText(const Options& options, const Bytes& bytes) {
  if (options.input == "-") return !bytes.empty() && bytes[0] != 0;
  return options.input.ends_with(".wat") || options.input.ends_with(".wast");
}

}  // namespace

std::expected<Input, std::string> readInput(const Options& options) {
  auto bytes = readFile(options.input);
  if (!bytes) return std::unexpected(options.inputName() + ": error: " + bytes.error());
  if (!isText(options, *bytes)) return Input{std::move(*bytes), {}};
  std::string text(bytes->begin(), bytes->end());
  auto module = compiler::assemble(text, options.compile);
  if (!module) return std::unexpected(module.error().describe(options.inputName()));
  return Input{std::move(*module), std::move(text)};
}

}  // namespace wasmc::tool
