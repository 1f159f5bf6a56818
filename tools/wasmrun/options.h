// The command line of wasmrun.
#ifndef WASMC_TOOLS_WASMRUN_OPTIONS_H
#define WASMC_TOOLS_WASMRUN_OPTIONS_H

#include <wasmc/engine.h>
#include <wasmc/wasi.h>

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace wasmc::tool {

struct Options {
  enum class Action { Run, Help, Version };
  Action action = Action::Run;
  std::string file;
  std::vector<std::string> args;  // what follows the file

  std::vector<WasiPreopen> dirs;
  std::vector<std::pair<std::string, std::string>> env;
  std::string stdin_file;
  std::string stdout_file;
  std::vector<std::string> tcp_listen;
  uint64_t max_memory = UINT64_MAX;
  double timeout = 0;  // seconds; 0: none
  std::optional<uint64_t> fuel;

  std::optional<std::string> invoke;
  std::vector<std::pair<std::string, std::string>> preload;  // module name, file
  bool allow_unknown_imports = false;

  std::string opt_level = "2";
  std::string cpu = "native";
  bool cache = true;

  std::optional<Backtraces> backtraces;
  std::string coredump;  // file; empty: none
  bool trace_wasi = false;
  bool verbose = false;
};

// Without the program's name. The error is one line without "error:".
std::expected<Options, std::string> parseOptions(std::span<const char* const> arguments);

std::string helpText();

}  // namespace wasmc::tool

#endif  // WASMC_TOOLS_WASMRUN_OPTIONS_H
