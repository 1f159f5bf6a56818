#include "options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include "support/nearest.h"
#include "support/quantities.h"

namespace wasmc::tool {
namespace {

using compiler::OutputKind;

enum class Style { Flag, Joined, Any };

enum class Option {
#define WASMC_OPTION_GROUP(title)
#define WASMC_OPTION(Id, spelling, style, metavar, help) Id,
#include "options.def"
};

struct OptionRow {
  Option id;
  std::string_view spelling;
  Style style;
  bool isLong() const { return spelling.starts_with("--"); }
};

constexpr std::array kRows = {
#define WASMC_OPTION_GROUP(title)
#define WASMC_OPTION(Id, spelling, style, metavar, help) OptionRow{Option::Id, spelling, Style::style},
#include "options.def"
};

struct KindRow {
  std::string_view name;
  std::string_view suffix;
  OutputKind kind;
};

// Where a suffix stands twice, the first row is meant.
constexpr std::array kKinds = {
    KindRow{"so", ".so", OutputKind::SharedObject}, KindRow{"o", ".o", OutputKind::Object},
    KindRow{"s", ".s", OutputKind::Assembly},       KindRow{"ll", ".ll", OutputKind::Ir},
    KindRow{"bc", ".bc", OutputKind::Bitcode},      KindRow{"ll-unopt", ".ll", OutputKind::IrUnoptimised},
};

using Error = std::unexpected<std::string>;

std::string quote(std::string_view s) { return "'" + std::string(s) + "'"; }

std::string_view fileName(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string_view suffixOf(std::string_view path) {
  const std::string_view name = fileName(path);
  const size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? std::string_view() : name.substr(dot);
}

std::vector<std::string> splitList(std::string_view list) {
  std::vector<std::string> items;
  while (!list.empty()) {
    const size_t comma = std::min(list.find(','), list.size());
    if (comma > 0) items.emplace_back(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return items;
}

class Parser {
 public:
  explicit Parser(std::span<const char* const> arguments) : rest_(arguments) {}

  std::expected<Options, std::string> parse() {
    while (!rest_.empty() && !done_) {
      if (auto ok = next(); !ok) return Error(ok.error());
    }
    if (options_.action != Options::Action::Compile) return options_;
    if (auto ok = finish(); !ok) return Error(ok.error());
    return options_;
  }

 private:
  using Status = std::expected<void, std::string>;

  std::string_view take() {
    const std::string_view argument = rest_.front();
    rest_ = rest_.subspan(1);
    return argument;
  }

  Status next() {
    const std::string_view argument = take();
    if (argument == "--" && !only_files_) {
      only_files_ = true;
      return {};
    }
    if (only_files_ || argument == "-" || !argument.starts_with('-')) return inputFile(argument);
    for (const OptionRow& row : kRows) {
      if (!argument.starts_with(row.spelling)) continue;
      const std::string_view tail = argument.substr(row.spelling.size());
      if (row.style == Style::Flag ? tail.empty() : tail.empty() || !row.isLong() || tail.front() == '=')
        return option(row, tail);
    }
    return unknown(argument);
  }

  Status unknown(std::string_view argument) {
    const std::string_view name = argument.substr(0, argument.find('='));
    std::vector<std::string> names;
    for (const OptionRow& row : kRows) {
      if (row.style == Style::Flag && row.spelling == name)
        return Error("option " + quote(name) + " takes no value");
      names.emplace_back(row.spelling);
    }
    return Error("unknown option " + quote(name) + compiler::didYouMean(name, names));
  }

  Status option(const OptionRow& row, std::string_view tail) {
    if (row.style == Style::Flag) return set(row.id, {});
    if (row.isLong() && !tail.empty()) return set(row.id, tail.substr(1));
    if (tail.empty() && (row.style == Style::Joined || rest_.empty()))
      return Error("option " + quote(row.spelling) + " needs a value");
    return set(row.id, tail.empty() ? take() : tail);
  }

  Status set(Option id, std::string_view value) {
    compiler::CompileOptions& compile = options_.compile;
    const auto append = [value](std::vector<std::string>& list) {
      for (std::string& item : splitList(value)) list.push_back(std::move(item));
    };
    switch (id) {
      case Option::Output:
        if (value.empty()) return Error("the name of the output file is empty");
        options_.output = value;
        break;
      case Option::Emit: return setKind(value);
      case Option::Dependencies: dependencies_beside_ = true; break;
      case Option::DependencyFile: options_.dependencies = value; break;
      case Option::ModuleName: compile.module_name = value; break;
      case Option::Symbol: compile.symbol = value; break;
      case Option::EmitHeader:
        if (value.empty()) return Error("the name of the header is empty");
        options_.header = value;
        break;
      case Option::HeaderLanguage: return setHeaderLanguage(value);
      case Option::KeepCustom:
        compile.keep_custom.emplace();
        if (value != "none") append(*compile.keep_custom);
        break;
      case Option::OptLevel: return setLevel(value);
      case Option::Target: compile.target = value; break;
      case Option::Cpu: compile.cpu = value; break;
      case Option::Enable: append(compile.enable); break;
      case Option::Disable: append(compile.disable); break;
      case Option::Jobs: return setJobs(value);
      case Option::TimeReport:
        options_.time_report = true;
        compile.time_functions = true;
        break;
      case Option::Remarks: append(compile.remarks); break;
      case Option::Timeout:
        return assign(options_.timeout, compiler::parseSeconds("--timeout", std::string(value)));
      case Option::MaxMemory: return assign(options_.max_memory, compiler::parseSize("--max-memory", value));
      case Option::Debug: compile.debug = compiler::DebugInfo::Full; break;
      case Option::Strip: compile.debug = compiler::DebugInfo::None; break;
      case Option::StrictTraps: compile.strict_traps = true; break;
      case Option::Fuel: compile.fuel = true; break;
      case Option::Epochs: compile.epochs = true; break;
      case Option::Bounds: return setBounds(value);
      case Option::Verify: compile.verify = true; break;
      case Option::Verbose: options_.verbose = true; break;
      case Option::Version: return setAction(Options::Action::Version);
      case Option::Help: return setAction(Options::Action::Help);
    }
    return {};
  }

  template <typename T>
  static Status assign(T& option, const std::expected<T, std::string>& parsed) {
    if (!parsed) return Error(parsed.error());
    option = *parsed;
    return {};
  }

  // What follows --help and --version is not looked at.
  Status setAction(Options::Action action) {
    options_.action = action;
    done_ = true;
    return {};
  }

  Status setKind(std::string_view value) {
    for (const KindRow& row : kKinds) {
      if (row.name != value) continue;
      kind_ = row.kind;
      return {};
    }
    std::vector<std::string> names;
    for (const KindRow& row : kKinds) names.emplace_back(row.name);
    return Error("unknown kind of output " + quote(value) + compiler::didYouMean(value, names) +
                 " (kinds: so, o, s, ll, ll-unopt, bc)");
  }

  Status setHeaderLanguage(std::string_view value) {
    if (value != "c" && value != "c++")
      return Error("unknown language of headers " + quote(value) + " (languages: c++, c)");
    options_.header_language = value == "c" ? compiler::HeaderLanguage::C : compiler::HeaderLanguage::Cpp;
    return {};
  }

  Status setLevel(std::string_view value) {
    constexpr std::array<std::string_view, 5> kLevels = {"0", "1", "2", "3", "s"};
    if (std::find(kLevels.begin(), kLevels.end(), value) == kLevels.end())
      return Error("unknown optimisation level " + quote("-O" + std::string(value)) +
                   " (levels: -O0, -O1, -O2, -O3, -Os)");
    options_.compile.opt_level = value;
    return {};
  }

  Status setBounds(std::string_view value) {
    if (value != "guard" && value != "explicit")
      return Error("option '--bounds' needs guard or explicit, not " + quote(value));
    options_.compile.bounds = value == "explicit" ? compiler::Bounds::Explicit : compiler::Bounds::Guard;
    return {};
  }

  Status setJobs(std::string_view value) {
    constexpr unsigned kMax = 1024;
    unsigned n = 0;
    const auto parsed = std::from_chars(value.data(), value.data() + value.size(), n);
    if (parsed.ec != std::errc() || parsed.ptr != value.data() + value.size() || n == 0 || n > kMax)
      return Error("option '-j' needs a number from 1 to " + std::to_string(kMax) + ", not " + quote(value));
    options_.compile.threads = n;
    return {};
  }

  Status inputFile(std::string_view file) {
    if (!options_.input.empty())
      return Error("two input files: " + quote(options_.input) + " and " + quote(file) + "; one at a time");
    if (file.empty()) return Error("the name of the input file is empty");
    options_.input = file;
    return {};
  }

  Status finish() {
    if (options_.input.empty()) return Error("no input file");
    if (options_.output.empty()) {
      if (options_.input == "-")
        return Error("standard input has no name to derive the output's from; add -o FILE");
    } else if (auto ok = kindFromOutput(); !ok) {
      return ok;
    }
    options_.compile.output = kind_.value_or(OutputKind::SharedObject);
    if (options_.output.empty()) options_.output = defaultOutput();
    if (!options_.header.empty() && options_.header == options_.output)
      return Error(quote(options_.output) + " is the output and the header");
    nameModule();
    return placeDependencies();
  }

  Status kindFromOutput() {
    if (kind_) return {};
    const std::string_view suffix = suffixOf(options_.output);
    const auto row =
        std::find_if(kKinds.begin(), kKinds.end(), [&](const KindRow& r) { return r.suffix == suffix; });
    if (row == kKinds.end())
      return Error("cannot tell the kind of output from the name " + quote(options_.output) +
                   "; use a suffix (.so .o .s .ll .bc) or --emit=KIND");
    kind_ = row->kind;
    return {};
  }

  std::string defaultOutput() const {
    std::string path = options_.input.substr(0, options_.input.size() - suffixOf(options_.input).size());
    for (const KindRow& row : kKinds)
      if (row.kind == options_.compile.output) return path += row.suffix;
    return path;
  }

  Status placeDependencies() {
    if (!dependencies_beside_ && options_.dependencies.empty()) return {};
    if (options_.input == "-" || options_.toStandardOutput())
      return Error("-MD needs an input and an output that are files");
    if (options_.dependencies.empty())
      options_.dependencies =
          options_.output.substr(0, options_.output.size() - suffixOf(options_.output).size()) + ".d";
    return {};
  }

  void nameModule() {
    if (!options_.compile.module_name.empty() || options_.toStandardOutput()) return;
    const std::string_view name = fileName(options_.output);
    options_.compile.module_name = name.substr(0, name.size() - suffixOf(name).size());
  }

  std::span<const char* const> rest_;
  Options options_;
  std::optional<OutputKind> kind_;
  bool dependencies_beside_ = false;
  bool only_files_ = false;
  bool done_ = false;
};

constexpr size_t kHelpColumn = 24;

std::string helpEntry(std::string_view spelling, Style style, std::string_view metavar,
                      std::string_view help) {
  std::string entry = "  " + std::string(spelling);
  if (style == Style::Any) entry += spelling.starts_with("--") ? "=" : " ";
  entry += metavar;
  entry += entry.size() + 2 > kHelpColumn ? "\n" + std::string(kHelpColumn, ' ')
                                          : std::string(kHelpColumn - entry.size(), ' ');
  for (char c : help) {
    entry += c;
    if (c == '\n') entry.append(kHelpColumn, ' ');
  }
  return entry + "\n";
}

std::string featureList(bool supported) {
  std::string text, line;
  for (const compiler::FeatureInfo& feature : compiler::features()) {
    if (feature.supported != supported) continue;
    if (line.size() + feature.flag.size() > 70) text += "  " + std::exchange(line, "") + "\n";
    line += (line.empty() ? "" : " ") + feature.flag;
  }
  return line.empty() ? text : text + "  " + line + "\n";
}

}  // namespace

std::expected<Options, std::string> parseOptions(std::span<const char* const> arguments) {
  return Parser(arguments).parse();
}

std::string helpText() {
  std::string text =
      "Usage: wasmc [OPTION]... FILE\n"
      "Compiles a WebAssembly module to native code. FILE is a .wasm, a .wat, or - for\n"
      "standard input. @FILE stands for the arguments in FILE.\n";
#define WASMC_OPTION_GROUP(title) text += "\n" title ":\n";
#define WASMC_OPTION(Id, spelling, style, metavar, help) \
  text += helpEntry(spelling, Style::style, metavar, help);
#include "options.def"
  text += "\nProposals (on unless disabled):\n" + featureList(true);
  if (const std::string others = featureList(false); !others.empty())
    text += "\nProposals that are not supported yet:\n" + others;
  text +=
      "\nExit status: 0 success, 1 the module could not be compiled, 2 wrong usage.\n"
      "After status 1 there is no output file, not even an older one.\n";
  return text;
}

}  // namespace wasmc::tool
