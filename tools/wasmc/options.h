// The command line of wasmc.
#ifndef WASMC_TOOLS_WASMC_OPTIONS_H
#define WASMC_TOOLS_WASMC_OPTIONS_H

#include <wasmc/compiler.h>

#include <cstdint>
#include <expected>
#include <span>
#include <string>

namespace wasmc::tool {

struct Options {
  enum class Action { Compile, Help, Version };
  Action action = Action::Compile;
  std::string input;         // "-": standard input
  std::string output;        // "-": standard output
  std::string header;        // "-": standard output; empty: none
  std::string dependencies;  // file for make's rule; empty: none
  compiler::HeaderLanguage header_language = compiler::HeaderLanguage::Cpp;
  compiler::CompileOptions compile;
  bool time_report = false;
  double timeout = 0;       // seconds; 0: none
  uint64_t max_memory = 0;  // bytes; 0: no limit
  bool verbose = false;

  bool toStandardOutput() const { return output == "-"; }
  std::string inputName() const { return input == "-" ? "<stdin>" : input; }
};

// Without the program's name. The error is one line without "error:".
std::expected<Options, std::string> parseOptions(std::span<const char* const> arguments);

std::string helpText();

}  // namespace wasmc::tool

#endif  // WASMC_TOOLS_WASMC_OPTIONS_H
