// wasmc: WebAssembly modules to native code.

#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "input.h"
#include "options.h"
#include "output_file.h"
#include "progress.h"
#include "report.h"
#include "response_file.h"
#include "supervisor.h"

namespace wasmc::tool {
namespace {

constexpr int kFailure = 1;
constexpr int kWrongUsage = 2;

int print(const std::string& text) {
  if (std::fputs(text.c_str(), stdout) >= 0 && std::fflush(stdout) == 0) return 0;
  std::perror("wasmc: error: cannot write to standard output");
  return kFailure;
}

int fail(const std::string& message) {
  std::fprintf(stderr, "%s\n", message.c_str());
  return kFailure;
}

int wrongUsage(const std::string& message) {
  std::fprintf(stderr, "wasmc: error: %s\nTry 'wasmc --help'.\n", message.c_str());
  return kWrongUsage;
}

bool isTextKind(compiler::OutputKind kind) {
  using enum compiler::OutputKind;
  return kind == Assembly || kind == Ir || kind == IrUnoptimised;
}

bool sameFile(const std::string& a, const std::string& b) {
  struct stat x{}, y{};
  return stat(a.c_str(), &x) == 0 && stat(b.c_str(), &y) == 0 && x.st_dev == y.st_dev &&
         x.st_ino == y.st_ino && S_ISREG(x.st_mode);
}

// The files that are made: the artifact and perhaps a header.
struct Outputs {
  OutputFile artifact;
  std::optional<OutputFile> header;
};

int writeHeader(OutputFile& output, const Options& options, const std::vector<uint8_t>& module) {
  const auto header = compiler::generateHeader(module, options.header_language, options.compile);
  if (!header) return fail(header.error().describe(options.inputName()));
  const std::span bytes(reinterpret_cast<const uint8_t*>(header->data()), header->size());
  if (auto ok = output.write(bytes); !ok) return fail(options.header + ": error: " + ok.error());
  return 0;
}

// In the compiler's own process.
int compileTo(Outputs& outputs, const Options& options) {
  const auto start = std::chrono::steady_clock::now();
  const auto input = readInput(options);
  if (!input) return fail(input.error());
  const auto result = compileWithProgress(input->module, options.compile);
  if (!result) {
    const compiler::CompileError error =
        input->text.empty() ? result.error()
                            : compiler::locateInText(input->text, result.error(), options.compile);
    return fail(error.describe(options.inputName()));
  }
  if (options.verbose) reportResult(options, input->module.size(), *result);
  reportRemarks(options, *result);
  if (outputs.header) {
    if (const int status = writeHeader(*outputs.header, options, input->module)) return status;
  }
  if (auto ok = outputs.artifact.write(result->bytes); !ok)
    return fail(options.output + ": error: " + ok.error());
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  if (options.time_report) reportTimes(*result, elapsed.count());
  return 0;
}

// A rule for make: the output depends on the input.
std::string dependencyRule(const Options& options) {
  const auto escaped = [](const std::string& path) {
    std::string text;
    for (char c : path) {
      if (c == ' ' || c == '#') text += '\\';
      if (c == '$') text += '$';
      text += c;
    }
    return text;
  };
  return escaped(options.output) + ": " + escaped(options.input) + "\n";
}

int writeDependencies(const Options& options) {
  if (options.dependencies.empty()) return 0;
  const std::string rule = dependencyRule(options);
  auto file = OutputFile::create(options.dependencies, false);
  if (!file) return fail(options.dependencies + ": error: " + file.error());
  auto done = file->write({reinterpret_cast<const uint8_t*>(rule.data()), rule.size()});
  if (done) done = file->commit();
  return done ? 0 : fail(options.dependencies + ": error: " + done.error());
}

int compileFile(const Options& options) {
  std::signal(SIGPIPE, SIG_IGN);  // these two become errors of write
  std::signal(SIGXFSZ, SIG_IGN);
  auto artifact =
      OutputFile::create(options.output, options.compile.output == compiler::OutputKind::SharedObject);
  if (!artifact) return fail(options.output + ": error: " + artifact.error());
  Outputs outputs{std::move(*artifact), std::nullopt};
  if (!options.header.empty()) {
    auto header = OutputFile::create(options.header, false);
    if (!header) return fail(options.header + ": error: " + header.error());
    outputs.header.emplace(std::move(*header));
  }
  const Limits limits{options.timeout, options.max_memory};
  if (const int status = supervise(options.inputName(), limits, [&] { return compileTo(outputs, options); }))
    return status;
  if (const int status = writeDependencies(options)) return status;
  if (outputs.header) {
    if (auto ok = outputs.header->commit(); !ok) return fail(options.header + ": error: " + ok.error());
  }
  if (auto ok = outputs.artifact.commit(); !ok) return fail(options.output + ": error: " + ok.error());
  return 0;
}

int run(std::span<const char* const> arguments) {
  const auto expanded = expandResponseFiles(arguments);
  if (!expanded) return wrongUsage(expanded.error());
  std::vector<const char*> words;
  for (const std::string& word : *expanded) words.push_back(word.c_str());
  const auto options = parseOptions(words);
  if (!options) return wrongUsage(options.error());
  if (options->action == Options::Action::Help) return print(helpText());
  if (options->action == Options::Action::Version) return print(compiler::versionString() + "\n");
  if (const auto ok = compiler::checkOptions(options->compile); !ok) return wrongUsage(ok.error().message);
  if (sameFile(options->input, options->output))
    return wrongUsage("'" + options->output + "' is the input and the output");
  if (sameFile(options->input, options->header))
    return wrongUsage("'" + options->header + "' is the input and the header");
  if (options->toStandardOutput() && !isTextKind(options->compile.output) && isatty(STDOUT_FILENO))
    return wrongUsage("will not write a binary file to a terminal; use -o FILE");
  return compileFile(*options);
}

}  // namespace
}  // namespace wasmc::tool

int main(int argc, char** argv) {
  const int status = wasmc::tool::run({argv + 1, argv + argc});
  if (const int signal = wasmc::tool::interruptedBy()) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
  return status;
}
