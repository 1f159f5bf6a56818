// wasmc-spec: runs the WebAssembly conformance suite over our own compiler and runtime library.

#include "artifacts.h"
#include "manifest.h"
#include "pool.h"
#include "runner.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <thread>

namespace {

using namespace wasmc::spec;  // NOLINT: this is the program of that namespace

constexpr char kUsage[] =
    "usage: wasmc-spec [options] [SCRIPT...]\n"
    "  -O0 -O1 -O2 -O3 -Os   optimisation levels to run at (default: -O0 and -O2)\n"
    "  --jobs=N              processes (default: one a processor)\n"
    "  --timeout=SECONDS     for one script at one level (default: 600)\n"
    "  --results=FILE        writes counts, failures and reasons of skips as JSON\n"
    "  --markdown=FILE       writes the tables of docs/conformance.md\n"
    "  --cpu=NAME            as for wasmc\n"
    "  --fuel --epochs --bounds=explicit   as for wasmc; the last also turns signal handlers off\n"
    "  -v                    a line for each script\n"
    "To run on another machine, in two steps:\n"
    "  --target=TRIPLE --compile-to=FOLDER   compiles the modules and runs nothing\n"
    "  --target=TRIPLE --artifacts=FOLDER    there: runs what was compiled, compiles nothing\n"
    "SCRIPT is a script's name (i32, proposals/threads/atomic); without any, all run.\n"
    "The converted suite is looked for in $WASMC_SPEC_DIR, else in " WASMC_SPEC_DIR ".\n";

struct Options {
  std::vector<std::string> levels;
  std::vector<std::string> scripts;
  std::string results;
  std::string markdown;
  std::string target;
  std::string cpu;
  Modes modes;
  std::string compile_to;
  std::string artifacts;
  unsigned jobs = std::max(1u, std::thread::hardware_concurrency());
  unsigned timeout_seconds = 600;
  bool verbose = false;
  bool help = false;
};

bool parseNumber(std::string_view text, unsigned& number) {
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  return problem == std::errc() && end == text.data() + text.size() && number > 0;
}

bool parseOption(std::string_view argument, Options& options) {
  const std::string_view value = argument.substr(std::min(argument.find('='), argument.size() - 1) + 1);
  if (argument == "-v") return options.verbose = true;
  if (argument == "--fuel") return options.modes.fuel = true;
  if (argument == "--epochs") return options.modes.epochs = true;
  if (argument == "--bounds=explicit") return options.modes.explicit_bounds = true;
  if (argument == "--help") return options.help = true;
  if (argument.starts_with("-O") && argument.size() == 3 && std::strchr("0123s", argument[2])) {
    options.levels.emplace_back(argument.substr(2));
    return true;
  }
  if (argument.starts_with("--jobs=")) return parseNumber(value, options.jobs);
  if (argument.starts_with("--timeout=")) return parseNumber(value, options.timeout_seconds);
  if (argument.starts_with("--results=")) return !(options.results = value).empty();
  if (argument.starts_with("--target=")) return !(options.target = value).empty();
  if (argument.starts_with("--cpu=")) return !(options.cpu = value).empty();
  if (argument.starts_with("--compile-to=")) return !(options.compile_to = value).empty();
  if (argument.starts_with("--artifacts=")) return !(options.artifacts = value).empty();
  if (argument.starts_with("--markdown=")) return !(options.markdown = value).empty();
  if (argument.starts_with('-')) return false;
  options.scripts.emplace_back(argument);
  return true;
}

std::optional<Options> parseOptions(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i)
    if (!parseOption(argv[i], options)) {
      std::fprintf(stderr, "wasmc-spec: can not use the argument %s\n%s", argv[i], kUsage);
      return std::nullopt;
    }
  if (options.levels.empty()) options.levels = {"0", "2"};
  return options;
}

bool writeFile(const std::string& path, const std::string& text) {
  std::ofstream file(path);
  file << text;
  if (file.flush()) return true;
  std::fprintf(stderr, "wasmc-spec: can not write %s\n", path.c_str());
  return false;
}

std::string suiteName(const Options& options) {
  std::string name = "conformance";
  for (const std::string& level : options.levels) name += " -O" + level;
  if (!options.target.empty()) name += " for " + options.target;
  if (!options.cpu.empty()) name += " on " + options.cpu;
  if (options.modes.fuel) name += " --fuel";
  if (options.modes.epochs) name += " --epochs";
  if (options.modes.explicit_bounds) name += " --bounds=explicit";
  return name;
}

// Nothing to run: one skip, with its reason.
int skipAll(const Options& options, const std::string& root) {
  ScriptResult result;
  result.skipped["the converted WebAssembly test suite is not at " + root + " (set WASMC_SPEC_DIR)"] = 1;
  std::printf("skipped: %s\n", result.skipped.begin()->first.c_str());
  return options.results.empty() || writeFile(options.results, summaryJson(suiteName(options), {result})) ? 0
                                                                                                          : 1;
}

ScriptResult runTask(const Task& task, const std::string& root, const Manifest& manifest,
                     const Options& options) {
  const std::expected<Script, std::string> script = readScript(root, task.script);
  if (!script) return {task.script, task.level, 0, {script.error()}, {}, {}};
  const Compile compile = options.artifacts.empty() ? compilerFor(options.target, options.cpu, options.modes)
                                                    : compiledIn(options.artifacts, *script);
  if (!options.compile_to.empty()) return compileScript(*script, task.level, compile, options.compile_to);
  Manifest own = manifest;
  return runScript(*script, task.level, compile, !options.modes.explicit_bounds, own);
}

void print(const ScriptResult& result, bool verbose) {
  if (!verbose && result.failures.empty()) return;
  std::printf("-O%s %s: %llu passed, %zu failed, %llu skipped\n", result.level.c_str(), result.script.c_str(),
              static_cast<unsigned long long>(result.passed), result.failures.size(),
              static_cast<unsigned long long>(result.skippedCount()));
  for (const std::string& failure : result.failures) std::printf("  FAILED %s\n", failure.c_str());
  std::fflush(stdout);
}

// A manifest that promises more skips than there are hides what has been repaired.
void addUnusedRows(const Manifest& manifest, std::vector<ScriptResult>& results) {
  std::set<uint32_t> used;
  for (const ScriptResult& result : results)
    used.insert(result.manifest_rows.begin(), result.manifest_rows.end());
  ScriptResult unused{"skips.txt", results.front().level, 0, manifest.unused(used), {}, {}};
  print(unused, false);
  if (!unused.failures.empty()) results.push_back(std::move(unused));
}

int report(const Options& options, const std::vector<ScriptResult>& results) {
  unsigned long long passed = 0, failed = 0, skipped = 0;
  for (const ScriptResult& result : results) {
    passed += result.passed;
    failed += result.failures.size();
    skipped += result.skippedCount();
  }
  std::printf("%llu passed, %llu failed, %llu skipped\n", passed, failed, skipped);
  bool written = true;
  if (!options.results.empty())
    written &= writeFile(options.results, summaryJson(suiteName(options), results));
  if (!options.markdown.empty()) written &= writeFile(options.markdown, markdown(results));
  return failed == 0 && written ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::optional<Options> options = parseOptions(argc, argv);
  if (!options) return 2;
  if (options->help) return std::fputs(kUsage, stdout) < 0;
  if (options->artifacts.empty() && !compilerFor(options->target, options->cpu, options->modes)) {
    std::fputs("wasmc-spec: this program is built without the compiler; give it --artifacts=FOLDER\n",
               stderr);
    return 2;
  }

  const char* given = std::getenv("WASMC_SPEC_DIR");
  const std::string root = given && *given ? given : WASMC_SPEC_DIR;
  if (!std::filesystem::is_directory(root)) return skipAll(*options, root);
  const std::expected<Manifest, std::string> manifest = Manifest::read(WASMC_SPEC_MANIFEST);
  if (!manifest) {
    std::fprintf(stderr, "wasmc-spec: %s\n", manifest.error().c_str());
    return 1;
  }

  const bool all = options->scripts.empty();
  std::vector<Task> tasks;
  for (const std::string& level : options->levels)
    for (const std::string& script : all ? findScripts(root) : options->scripts)
      tasks.push_back({script, level});
  std::vector<ScriptResult> results = runInProcesses(
      tasks, options->jobs, options->timeout_seconds,
      [&](const Task& task) { return runTask(task, root, *manifest, *options); },
      [&](const ScriptResult& result) { print(result, options->verbose); });
  if (all && options->compile_to.empty() && !results.empty()) addUnusedRows(*manifest, results);
  return report(*options, results);
}
