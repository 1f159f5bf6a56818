// wasminspect: what a WebAssembly module or an artifact of wasmc holds. Runs nothing of it.
#include "describe.h"
#include "frontend/frontend.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wasmc::inspect {
namespace {

enum class OptionId { Json, Html, Help, Version };

struct Option {
  OptionId id;
  const char* name;
  const char* help;
};

constexpr Option kOptions[] = {
    {OptionId::Json, "--json", "print one JSON object with everything, function names too"},
    {OptionId::Html, "--html", "print a web page, with the functions drawn by size"},
    {OptionId::Help, "--help", "show this text"},
    {OptionId::Version, "--version", "show the version"},
};

// Distances in an artifact have 32 bits; modules are shorter still.
constexpr size_t kMaxFile = size_t{1} << 31;

constexpr int kExitError = 1;
constexpr int kExitUsage = 2;

using Bytes = std::vector<uint8_t>;
template <typename T>
using Expected = std::expected<T, std::string>;  // the error is the message, with the file's name

std::string help() {
  std::string text =
      "Usage: wasminspect [OPTION]... FILE\n"
      "Prints what a WebAssembly module (.wasm, .wat) or an artifact of wasmc (.so, .o)\n"
      "holds: imports, exports, types, memories, tables, globals, segments, proposals;\n"
      "of an artifact also its target, CPU features, ABI, options and source. Nothing\n"
      "of it is executed. FILE may be - for standard input.\n\n";
  for (const Option& option : kOptions) {
    std::string name = option.name;
    name.resize(14, ' ');
    text += "  " + name + option.help + "\n";
  }
  return text + "\nExit status: 0 success, 1 FILE could not be read, 2 wrong usage.\n";
}

struct CommandLine {
  std::optional<OptionId> format;  // text without
  std::string file;
};

int usageError(const std::string& message) {
  std::cerr << "wasminspect: error: " << message << "\nTry 'wasminspect --help'.\n";
  return kExitUsage;
}

Expected<Bytes> readFile(const std::string& path) {
  using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;
  const File opened(path == "-" ? nullptr : std::fopen(path.c_str(), "rb"), std::fclose);
  std::FILE* file = path == "-" ? stdin : opened.get();
  if (!file) return std::unexpected(path + ": error: cannot open: " + std::strerror(errno));
  Bytes bytes;
  uint8_t chunk[65536];
  while (const size_t n = std::fread(chunk, 1, sizeof chunk, file)) {
    bytes.insert(bytes.end(), chunk, chunk + n);
    if (bytes.size() > kMaxFile) {
      return std::unexpected(path + ": error: longer than 2 GiB, which no module and no artifact is");
    }
  }
  if (std::ferror(file)) return std::unexpected(path + ": error: cannot read: " + std::strerror(errno));
  return bytes;
}

Expected<Json> inspectArtifact(const std::string& file, const Bytes& bytes) {
  const auto elf = readElf(bytes);
  if (!elf) return std::unexpected(file + ": error: " + elf.error());
  auto description = describeArtifact(*elf);
  if (!description) return std::unexpected(file + ": error: " + description.error());
  return std::move(*description);
}

Expected<Json> inspectModule(const std::string& file, const Bytes& bytes) {
  const auto module = compiler::readModule(bytes, compiler::FeatureSet());
  if (module) return describeModule(*module);
  compiler::Diagnostic problem = module.error();
  problem.file = file;
  return std::unexpected(problem.str());
}

Expected<Json> inspectText(const std::string& file, const Bytes& bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const auto binary = compiler::assembleText(text, file, compiler::FeatureSet());
  if (binary) return inspectModule(file, *binary);
  compiler::Diagnostic problem = binary.error();
  problem.file = file;
  return std::unexpected(problem.str());
}

Expected<Json> inspect(const std::string& file) {
  const auto bytes = readFile(file);
  if (!bytes) return std::unexpected(bytes.error());
  if (looksElf(*bytes)) return inspectArtifact(file, *bytes);
  if (compiler::looksBinary(*bytes)) return inspectModule(file, *bytes);
  const bool text =
      file.ends_with(".wat") || file.ends_with(".wast") || (!bytes->empty() && (*bytes)[0] == '(');
  if (text) return inspectText(file, *bytes);
  return std::unexpected(
      file + ": error: neither a WebAssembly module (.wasm, .wat) nor an artifact of wasmc (.so, .o)");
}

std::string format(const Json& description, std::optional<OptionId> format) {
  if (format == OptionId::Html) return toHtml(description);
  if (format != OptionId::Json) return toText(description);
  // Names in an artifact may be damaged; JSON is UTF-8 all the same.
  return description.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

int run(const CommandLine& command) {
  auto description = inspect(command.file);
  if (!description) {
    std::cerr << description.error() << "\n";
    return kExitError;
  }
  Json with_file;
  with_file["file"] = command.file;
  with_file.update(*description);
  std::cout << format(with_file, command.format);
  std::cout.flush();
  if (std::cout) return 0;
  std::cerr << "wasminspect: error: cannot write to standard output: " << std::strerror(errno) << "\n";
  return kExitError;
}

const Option* findOption(std::string_view name) {
  for (const Option& option : kOptions) {
    if (name == option.name) return &option;
  }
  return nullptr;
}

int main(std::span<char* const> arguments) {
  CommandLine command;
  bool options = true;
  for (std::string_view argument : arguments) {
    if (options && argument == "--") {
      options = false;
      continue;
    }
    if (!options || !argument.starts_with('-') || argument == "-") {
      if (!command.file.empty()) return usageError("more than one file");
      command.file = argument;
      continue;
    }
    const Option* option = findOption(argument);
    if (!option) return usageError("unknown option '" + std::string(argument) + "'");
    switch (option->id) {
      case OptionId::Json:
      case OptionId::Html: command.format = option->id; break;
      case OptionId::Help: std::cout << help(); return 0;
      case OptionId::Version: std::cout << "wasminspect " WASMC_VERSION "\n"; return 0;
    }
  }
  if (command.file.empty()) return usageError("no file given");
  return run(command);
}

}  // namespace
}  // namespace wasmc::inspect

int main(int argc, char** argv) {
  return wasmc::inspect::main(std::span(argv, static_cast<size_t>(argc)).subspan(argc > 0 ? 1 : 0));
}
