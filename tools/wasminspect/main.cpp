// wasminspect: what a WebAssembly module or an artifact of wasmc holds. Runs nothing of it.
#include "describe.h"
#include "disassembly.h"
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

enum class OptionId { Json, Html, Disassemble, Module, Help, Version };

struct Option {
  OptionId id;
  const char* name;
  const char* metavar;  // null: takes no value
  const char* help;
};

constexpr Option kOptions[] = {
    {OptionId::Json, "--json", nullptr, "print one JSON object with everything, function names too"},
    {OptionId::Html, "--html", nullptr, "print a web page, with the functions drawn by size"},
    {OptionId::Disassemble, "--disassemble", "FUNC",
     "print the code of one function, by name or index: the\n"
     "machine code of an artifact, with the offsets of the wasm\n"
     "instructions; the instructions of a module"},
    {OptionId::Module, "--module", "FILE",
     "the module that the artifact was made from, for\n--disassemble to show its instructions"},
    {OptionId::Help, "--help", nullptr, "show this text"},
    {OptionId::Version, "--version", nullptr, "show the version"},
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
  constexpr size_t kColumn = 24;
  for (const Option& option : kOptions) {
    std::string name = std::string("  ") + option.name;
    if (option.metavar) name += std::string("=") + option.metavar;
    name.resize(kColumn, ' ');
    text += name;
    for (const char* c = option.help; *c; ++c)
      text += *c == '\n' ? "\n" + std::string(kColumn, ' ') : std::string(1, *c);
    text += "\n";
  }
  return text + "\nExit status: 0 success, 1 FILE could not be read, 2 wrong usage.\n";
}

struct CommandLine {
  std::string disassemble;  // a function
  std::string module;
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

// A file that was read, as what it is. The bytes stay where they are.
struct Input {
  Bytes bytes;
  Bytes assembled;  // of a text module
  std::optional<ElfFile> elf;
  std::optional<compiler::Module> module;
};

std::unexpected<std::string> problemIn(const std::string& file, compiler::Diagnostic problem) {
  problem.file = file;
  return std::unexpected(problem.str());
}

Expected<void> readModuleOf(const std::string& file, const Bytes& bytes, Input& input) {
  auto module = compiler::readModule(bytes, compiler::FeatureSet());
  if (!module) return problemIn(file, module.error());
  input.module = std::move(*module);
  return {};
}

Expected<void> readText(const std::string& file, Input& input) {
  const std::string_view text(reinterpret_cast<const char*>(input.bytes.data()), input.bytes.size());
  auto binary = compiler::assembleText(text, file, compiler::FeatureSet());
  if (!binary) return problemIn(file, binary.error());
  input.assembled = std::move(*binary);
  return readModuleOf(file, input.assembled, input);
}

Expected<void> readArtifact(const std::string& file, Input& input) {
  auto elf = readElf(input.bytes);
  if (!elf) return std::unexpected(file + ": error: " + elf.error());
  input.elf = std::move(*elf);
  return {};
}

Expected<std::unique_ptr<Input>> readInput(const std::string& file) {
  auto bytes = readFile(file);
  if (!bytes) return std::unexpected(bytes.error());
  auto input = std::make_unique<Input>();
  input->bytes = std::move(*bytes);
  const Bytes& b = input->bytes;
  const bool text = file.ends_with(".wat") || file.ends_with(".wast") || (!b.empty() && b[0] == '(');
  Expected<void> read;
  if (looksElf(b))
    read = readArtifact(file, *input);
  else if (compiler::looksBinary(b))
    read = readModuleOf(file, b, *input);
  else if (text)
    read = readText(file, *input);
  else
    read = std::unexpected(
        file + ": error: neither a WebAssembly module (.wasm, .wat) nor an artifact of wasmc (.so, .o)");
  if (!read) return std::unexpected(read.error());
  return input;
}

Expected<Json> describe(const std::string& file, const Input& input) {
  Json with_file;
  with_file["file"] = file;
  if (input.module) {
    with_file.update(describeModule(*input.module));
    return with_file;
  }
  const auto description = describeArtifact(*input.elf);
  if (!description) return std::unexpected(file + ": error: " + description.error());
  with_file.update(*description);
  return with_file;
}

Expected<std::string> disassemble(const CommandLine& command, const Input& input) {
  std::unique_ptr<Input> source;
  if (!command.module.empty()) {
    auto read = readInput(command.module);
    if (!read) return std::unexpected(read.error());
    source = std::move(*read);
    if (!source->module) return std::unexpected(command.module + ": error: not a WebAssembly module");
  }
  const auto text = input.module ? disassembleModule(*input.module, command.disassemble)
                                 : disassembleArtifact(*input.elf, command.disassemble,
                                                       source ? &*source->module : nullptr);
  if (!text) return std::unexpected(command.file + ": error: " + text.error());
  return *text;
}

std::string format(const Json& description, std::optional<OptionId> format) {
  if (format == OptionId::Html) return toHtml(description);
  if (format != OptionId::Json) return toText(description);
  // Names in an artifact may be damaged; JSON is UTF-8 all the same.
  return description.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Expected<std::string> textFor(const CommandLine& command) {
  const auto input = readInput(command.file);
  if (!input) return std::unexpected(input.error());
  if (!command.disassemble.empty()) return disassemble(command, **input);
  const auto description = describe(command.file, **input);
  if (!description) return std::unexpected(description.error());
  return format(*description, command.format);
}

int run(const CommandLine& command) {
  const Expected<std::string> text = textFor(command);
  if (!text) {
    std::cerr << text.error() << "\n";
    return kExitError;
  }
  std::cout << *text;
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

// What follows the options' names, from the argument itself or the next one.
class Arguments {
 public:
  explicit Arguments(std::span<char* const> arguments) : rest_(arguments) {}

  bool empty() const { return rest_.empty(); }
  std::string_view take() {
    const std::string_view argument = rest_.front();
    rest_ = rest_.subspan(1);
    return argument;
  }

 private:
  std::span<char* const> rest_;
};

// The exit status where there is nothing more to do.
std::optional<int> apply(const Option& option, const std::string& value, CommandLine& command) {
  switch (option.id) {
    case OptionId::Json:
    case OptionId::Html: command.format = option.id; break;
    case OptionId::Disassemble: command.disassemble = value; break;
    case OptionId::Module: command.module = value; break;
    case OptionId::Help: std::cout << help(); return 0;
    case OptionId::Version: std::cout << "wasminspect " WASMC_VERSION "\n"; return 0;
  }
  return std::nullopt;
}

std::optional<int> takeOption(std::string_view argument, Arguments& rest, CommandLine& command) {
  const size_t equals = argument.find('=');
  const Option* option = findOption(argument.substr(0, equals));
  if (!option) return usageError("unknown option '" + std::string(argument.substr(0, equals)) + "'");
  const std::string name = option->name;
  if (!option->metavar) {
    if (equals != std::string_view::npos) return usageError("option '" + name + "' takes no value");
    return apply(*option, "", command);
  }
  std::string value;
  if (equals != std::string_view::npos)
    value = argument.substr(equals + 1);
  else if (!rest.empty())
    value = rest.take();
  if (value.empty())
    return usageError("option '" + name + "' needs a value: " + name + "=" + option->metavar);
  return apply(*option, value, command);
}

int main(std::span<char* const> arguments) {
  CommandLine command;
  Arguments rest(arguments);
  bool options = true;
  while (!rest.empty()) {
    const std::string_view argument = rest.take();
    if (options && argument == "--") {
      options = false;
    } else if (options && argument.starts_with('-') && argument != "-") {
      if (const auto status = takeOption(argument, rest, command)) return *status;
    } else {
      if (!command.file.empty()) return usageError("more than one file");
      command.file = argument;
    }
  }
  if (command.file.empty()) return usageError("no file given");
  if (!command.module.empty() && command.disassemble.empty())
    return usageError("option '--module' is for --disassemble");
  return run(command);
}

}  // namespace
}  // namespace wasmc::inspect

int main(int argc, char** argv) {
  return wasmc::inspect::main(std::span(argv, static_cast<size_t>(argc)).subspan(argc > 0 ? 1 : 0));
}
