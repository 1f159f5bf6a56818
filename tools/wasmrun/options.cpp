#include "options.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string_view>

#include "support/nearest.h"
#include "support/quantities.h"

namespace wasmc::tool {
namespace {

enum class Style { Flag, Joined, Any };

enum class Option {
#define WASMRUN_OPTION_GROUP(title)
#define WASMRUN_OPTION(Id, spelling, style, metavar, help) Id,
#include "options.def"
};

struct OptionRow {
  Option id;
  std::string_view spelling;
  Style style;
  std::string_view metavar;
};

constexpr std::array kRows = {
#define WASMRUN_OPTION_GROUP(title)
#define WASMRUN_OPTION(Id, spelling, style, metavar, help) \
  OptionRow{Option::Id, spelling, Style::style, metavar},
#include "options.def"
};

using Error = std::unexpected<std::string>;
using Status = std::expected<void, std::string>;

std::string quote(std::string_view s) { return "'" + std::string(s) + "'"; }

// "a=b" in two; no value without a "=" or with nothing before it.
std::optional<std::pair<std::string, std::string>> splitAtEquals(std::string_view text) {
  const size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) return std::nullopt;
  return std::pair(std::string(text.substr(0, equals)), std::string(text.substr(equals + 1)));
}

// "data:/data" where there is no such folder: a habit from other programs.
bool meansTwoColons(const std::string& host) {
  const size_t colon = host.find(':');
  return colon != std::string::npos && colon > 0 && colon + 1 < host.size() &&
         access(host.c_str(), F_OK) != 0;
}

std::expected<WasiPreopen, std::string> parseDir(std::string_view text) {
  WasiPreopen dir;
  const std::string_view whole = text;
  if (text.ends_with(":ro")) {
    dir.permissions = WasiPermissions::readOnly();
    text.remove_suffix(3);
  } else if (text.ends_with(":rw")) {
    text.remove_suffix(3);
  }
  const size_t separator = text.find("::");
  dir.host = text.substr(0, separator);
  dir.guest = separator == std::string_view::npos ? dir.host : text.substr(separator + 2);
  if (dir.host.empty() || dir.guest.empty()) {
    return Error(
        "option '--dir' needs a directory, as in --dir data, --dir /srv/data::/data or --dir data:ro; not " +
        quote(whole));
  }
  if (separator == std::string_view::npos && meansTwoColons(dir.host)) {
    const size_t colon = dir.host.find(':');
    return Error("option '--dir': there is no directory " + quote(dir.host) +
                 "; the name for the program comes after two colons: --dir " + dir.host.substr(0, colon) +
                 ":" + dir.host.substr(colon));
  }
  return dir;
}

std::expected<uint64_t, std::string> parseFuel(std::string_view text) {
  uint64_t units = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), units);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size())
    return Error("option '--fuel' needs a number of units, as in 1000000; not " + quote(text));
  return units;
}

std::expected<Backtraces, std::string> parseBacktraces(std::string_view text) {
  if (text == "0") return Backtraces::None;
  if (text == "1") return Backtraces::Short;
  if (text == "full") return Backtraces::Full;
  return Error("option '--backtrace' needs 0, 1 or full; not " + quote(text));
}

class Parser {
 public:
  explicit Parser(std::span<const char* const> arguments) : rest_(arguments) {}

  std::expected<Options, std::string> parse() {
    while (options_.action == Options::Action::Run && options_.file.empty()) {
      if (rest_.empty()) return Error("no file to run: wasmrun [OPTION]... FILE [ARG]...");
      if (Status ok = next(); !ok) return Error(ok.error());
    }
    // What follows the file is the program's.
    options_.args.assign(rest_.begin(), rest_.end());
    return options_;
  }

 private:
  std::string_view take() {
    const std::string_view argument = rest_.front();
    rest_ = rest_.subspan(1);
    return argument;
  }

  Status next() {
    const std::string_view argument = take();
    if (argument == "--") {
      if (rest_.empty()) return {};
      return setFile(take());
    }
    if (!argument.starts_with('-')) return setFile(argument);
    for (const OptionRow& row : kRows) {
      if (!argument.starts_with(row.spelling)) continue;
      const std::string_view tail = argument.substr(row.spelling.size());
      if (tail.empty() && row.style == Style::Flag) return set(row.id, {});
      if (tail.empty() && row.style == Style::Any) return setNext(row);
      if (!tail.empty() && row.style == Style::Joined) return set(row.id, tail);
      if (!tail.empty() && row.style == Style::Any && tail.front() == '=')
        return setValue(row, tail.substr(1));
    }
    return unknown(argument);
  }

  Status setFile(std::string_view file) {
    if (file.empty()) return Error("the name of the file to run is empty");
    options_.file = file;
    return {};
  }

  Status setNext(const OptionRow& row) { return setValue(row, rest_.empty() ? std::string_view() : take()); }

  // No option means anything with an empty value; it comes of a shell variable that is not set.
  Status setValue(const OptionRow& row, std::string_view value) {
    if (!value.empty()) return set(row.id, value);
    return Error("option " + quote(row.spelling) + " needs a value: " + std::string(row.spelling) + " " +
                 std::string(row.metavar));
  }

  static Status unknown(std::string_view argument) {
    const std::string_view name = argument.substr(0, argument.find('='));
    std::vector<std::string> names;
    for (const OptionRow& row : kRows) {
      if (row.style == Style::Flag && row.spelling == name)
        return Error("option " + quote(name) + " takes no value");
      names.emplace_back(row.spelling);
    }
    return Error("unknown option " + quote(name) + compiler::didYouMean(name, names) +
                 "; what is meant for the program comes after its file");
  }

  Status set(Option id, std::string_view value) {
    switch (id) {
      case Option::Dir: return append(options_.dirs, parseDir(value));
      case Option::Env: return setEnv(value);
      case Option::EnvInherit: return inheritEnv(std::string(value));
      case Option::Stdin: options_.stdin_file = value; break;
      case Option::Stdout: options_.stdout_file = value; break;
      case Option::TcpListen: options_.tcp_listen.emplace_back(value); break;
      case Option::MaxMemory: return assign(options_.max_memory, compiler::parseSize("--max-memory", value));
      case Option::Timeout:
        return assign(options_.timeout, compiler::parseSeconds("--timeout", std::string(value)));
      case Option::Fuel: return assign(options_.fuel, parseFuel(value));
      case Option::Invoke: options_.invoke = value; break;
      case Option::Preload: return addPreload(value);
      case Option::AllowUnknownImports: options_.allow_unknown_imports = true; break;
      case Option::OptLevel: return setLevel(value);
      case Option::Cpu: options_.cpu = value; break;
      case Option::NoCache: options_.cache = false; break;
      case Option::Backtrace: return assign(options_.backtraces, parseBacktraces(value));
      case Option::Coredump: options_.coredump = value; break;
      case Option::TraceWasi: options_.trace_wasi = true; break;
      case Option::Verbose: options_.verbose = true; break;
      case Option::Version: options_.action = Options::Action::Version; break;
      case Option::Help: options_.action = Options::Action::Help; break;
    }
    return {};
  }

  template <typename T>
  static Status assign(auto& target, std::expected<T, std::string> value) {
    if (!value) return Error(value.error());
    target = std::move(*value);
    return {};
  }

  template <typename T>
  static Status append(std::vector<T>& list, std::expected<T, std::string> value) {
    if (!value) return Error(value.error());
    list.push_back(std::move(*value));
    return {};
  }

  Status setEnv(std::string_view value) {
    auto variable = splitAtEquals(value);
    if (!variable) {
      return Error("option '--env' needs NAME=VALUE, not " + quote(value) +
                   "; to pass on a variable as it is here: --env-inherit NAME");
    }
    options_.env.push_back(std::move(*variable));
    return {};
  }

  Status inheritEnv(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    if (value == nullptr)
      return Error("option '--env-inherit': there is no environment variable " + quote(name));
    options_.env.emplace_back(name, value);
    return {};
  }

  Status addPreload(std::string_view value) {
    auto module = splitAtEquals(value);
    if (!module || module->second.empty()) {
      return Error("option '--preload' needs NAME=FILE, as in --preload env=lib.so; not " + quote(value));
    }
    options_.preload.push_back(std::move(*module));
    return {};
  }

  Status setLevel(std::string_view value) {
    if (value.size() != 1 || std::string_view("0123s").find(value[0]) == std::string_view::npos) {
      return Error("unknown optimisation level " + quote("-O" + std::string(value)) +
                   " (levels: -O0, -O1, -O2, -O3, -Os)");
    }
    options_.opt_level = value;
    return {};
  }

  std::span<const char* const> rest_;
  Options options_;
};

constexpr size_t kHelpColumn = 28;

std::string helpEntry(std::string_view spelling, Style style, std::string_view metavar,
                      std::string_view help) {
  std::string entry = "  " + std::string(spelling);
  if (style == Style::Any) entry += ' ';
  entry += metavar;
  entry += entry.size() + 2 > kHelpColumn ? "\n" + std::string(kHelpColumn, ' ')
                                          : std::string(kHelpColumn - entry.size(), ' ');
  for (const char c : help) {
    entry += c;
    if (c == '\n') entry.append(kHelpColumn, ' ');
  }
  return entry + "\n";
}

}  // namespace

std::expected<Options, std::string> parseOptions(std::span<const char* const> arguments) {
  return Parser(arguments).parse();
}

std::string helpText() {
  std::string text =
      "Usage: wasmrun [OPTION]... FILE [ARG]...\n"
      "Runs a WebAssembly program: a shared object made by wasmc, or a .wasm or .wat, which\n"
      "is compiled first. The program gets the standard streams and ARG...; all else\n"
      "has to be allowed.\n";
#define WASMRUN_OPTION_GROUP(title) text += "\n" title ":\n";
#define WASMRUN_OPTION(Id, spelling, style, metavar, help) \
  text += helpEntry(spelling, Style::style, metavar, help);
#include "options.def"
  text +=
      "\nCompiled modules are kept in $XDG_CACHE_HOME/wasmc, or ~/.cache/wasmc.\n"
      "\nExit status: that of the program; 134 after a trap, 1 if it could not be run, 2 wrong\n"
      "usage, 124 after --timeout.\n";
  return text;
}

}  // namespace wasmc::tool
