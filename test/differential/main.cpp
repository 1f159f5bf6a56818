// wasmc-differential: random modules through all engines, or one of them again. README.md.
#include "check.h"
#include "choices.h"
#include "processes.h"
#include "shrink.h"
#include "source.h"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <exception>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace wasmc::differential {
namespace {

constexpr const char* kUsage = R"(usage: wasmc-differential [OPTION]... [MODULE]
Runs random modules with wasmc, wabt's interpreter and V8 (node), and compares what they do.
  --seed N        the first seed; default: a random one
  --count N       so many modules, one a seed; default: 1 with --seed
  --seconds N     as many as there is time for
  --jobs N        processes; default: 1
  --binaryen      modules of wasm-opt -ttf, not of the generator here
  --shrink        make the module of --seed as small as it can be and still show the difference
  --out DIR       where modules that show a difference are written; default: .
With MODULE, a file, that one alone.
Exit status: 0 no difference, 1 differences, 2 wrong usage.
)";

struct Options {
  std::optional<uint64_t> seed;
  uint64_t count = 1;
  unsigned seconds = 0;
  unsigned jobs = 1;
  Source source = Source::Own;
  bool shrink = false;
  std::filesystem::path out = ".";
  std::string module;
};

// In memory that all processes share.
struct Progress {
  std::atomic<uint64_t> next;  // seeds are given out in order
  std::atomic<uint64_t> modules, calls, traps, without_wabt, without_v8, wabt_alone, displaced_faults,
      findings;
  std::atomic<uint64_t> current[64];  // of each process
};

std::string nameOf(const Options& options, uint64_t seed) {
  return (options.source == Source::Own ? "own-" : "binaryen-") + std::to_string(seed);
}

std::string commandFor(const Options& options, uint64_t seed) {
  return std::string("wasmc-differential") + (options.source == Source::Own ? "" : " --binaryen") +
         " --seed " + std::to_string(seed) + " --shrink";
}

void report(const Options& options, uint64_t seed, std::span<const uint8_t> wasm, const std::string& what) {
  const std::filesystem::path file = options.out / (nameOf(options, seed) + ".wasm");
  writeFile(file, wasm);
  std::printf("DIFFERENCE, seed %lu, %s\n%s  smaller: %s\n", seed, file.c_str(), what.c_str(),
              commandFor(options, seed).c_str());
  std::fflush(stdout);
}

std::filesystem::path scratchFile() {
  return std::filesystem::temp_directory_path() / ("wasmc-differential-" + std::to_string(getpid()));
}

// A process of the pool: takes seeds until there are no more, or it crashes.
[[noreturn]] void work(const Options& options, Progress& progress, unsigned self, uint64_t end,
                       std::chrono::steady_clock::time_point deadline) {
  std::optional<Node> node;
  if (Node::present()) node.emplace();
  while (std::chrono::steady_clock::now() < deadline) {
    const uint64_t seed = progress.next.fetch_add(1);
    if (seed >= end) break;
    progress.current[self] = seed;
    alarm(kSecondsPerModule);
    const std::vector<uint8_t> wasm = makeModule(options.source, bytesOf(seed), scratchFile());
    const Verdict verdict = check(wasm, seed, node ? &*node : nullptr);
    alarm(0);
    ++progress.modules;
    progress.calls += verdict.calls;
    progress.traps += verdict.traps;
    progress.without_wabt += verdict.absent.contains("wabt");
    progress.displaced_faults += verdict.displaced_faults;
    progress.wabt_alone += verdict.wabt_alone;
    progress.without_v8 += !node || verdict.absent.contains("V8");
    if (verdict.difference.empty()) continue;
    ++progress.findings;
    report(options, seed, wasm, verdict.difference);
  }
  progress.current[self] = UINT64_MAX;
  node.reset();
  _exit(0);
}

int runPool(const Options& options) {
  auto* progress = static_cast<Progress*>(
      mmap(nullptr, sizeof(Progress), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  const auto start = std::chrono::steady_clock::now();
  const auto deadline = options.seconds ? start + std::chrono::seconds(options.seconds)
                                        : std::chrono::steady_clock::time_point::max();
  const uint64_t first = options.seed.value_or((uint64_t{std::random_device()()} << 20) & UINT64_MAX);
  const uint64_t end = options.seconds ? UINT64_MAX : first + options.count;
  progress->next = first;
  std::printf("seeds from %lu on\n", first);
  std::fflush(stdout);
  std::vector<pid_t> workers(options.jobs);
  const auto begin = [&](unsigned self) {
    progress->current[self] = UINT64_MAX;
    workers[self] = fork();
    if (workers[self] == 0) work(options, *progress, self, end, deadline);
  };
  for (unsigned i = 0; i < options.jobs; ++i) begin(i);
  for (unsigned running = options.jobs; running > 0;) {
    int status = 0;
    const pid_t pid = wait(&status);
    for (unsigned i = 0; i < options.jobs; ++i) {
      if (workers[i] != pid) continue;
      const uint64_t seed = progress->current[i];
      if (status == 0 || seed == UINT64_MAX) {
        if (status != 0) std::printf("a process %s before its first module\n", describeEnd(status).c_str());
        --running;
        break;
      }
      ++progress->modules;
      ++progress->findings;
      report(options, seed, makeModule(options.source, bytesOf(seed), scratchFile()),
             describeEnd(status) + "\n");
      begin(i);
    }
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  std::printf("%lu modules in %.0f s, %lu calls, %lu of them ended by traps\n", progress->modules.load(),
              seconds, progress->calls.load(), progress->traps.load());
  std::printf("not run by wabt: %lu, not by V8: %lu; wabt alone of another opinion: %lu\n",
              progress->without_wabt.load(), progress->without_v8.load(), progress->wabt_alone.load());
  std::printf("faults that --strict-traps reports at another offset: %lu\n",
              progress->displaced_faults.load());
  std::printf("differences: %lu\n", progress->findings.load());
  return progress->findings ? 1 : 0;
}

// What differs for one module, found out in a process of its own.
std::string checkApart(const std::vector<uint8_t>& wasm, uint64_t choice) {
  const Report report = inChild([&] {
    std::optional<Node> node;
    if (Node::present()) node.emplace();
    return check(wasm, choice, node ? &*node : nullptr).difference;
  });
  return report.status == 0 ? report.text : describeEnd(report.status) + "\n";
}

// The engines and what is compared: "wasmc -O0 --strict-traps / V8: call 3 of f0: outcome". A smaller module
// may differ in numbers.
std::string kindOf(const std::string& difference) {
  const std::string line = difference.substr(0, difference.find('\n'));
  const size_t colon = line.find(": ");
  const size_t after = line.find(": ", colon == std::string::npos ? colon : colon + 2);
  if (after == std::string::npos) return line.substr(0, colon);
  return line.substr(0, colon) + line.substr(after, line.find(": ", after + 2) - after);
}

int shrinkSeed(const Options& options) {
  const uint64_t seed = options.seed.value_or(0);
  const auto make = [&](const std::vector<uint8_t>& bytes) {
    return makeModule(options.source, bytes, scratchFile());
  };
  const std::string first = checkApart(make(bytesOf(seed)), seed);
  if (first.empty()) {
    std::printf("seed %lu shows no difference\n", seed);
    return 0;
  }
  const std::string kind = kindOf(first);
  const std::vector<uint8_t> small = shrink(bytesOf(seed), [&](const std::vector<uint8_t>& bytes) {
    return kindOf(checkApart(make(bytes), seed)) == kind;
  });
  const std::vector<uint8_t> wasm = make(small);
  report(options, seed, wasm, checkApart(wasm, seed));
  return 1;
}

int checkFile(const Options& options) {
  const std::string difference = checkApart(readFile(options.module), options.seed.value_or(0));
  std::printf("%s%s", difference.c_str(), difference.empty() ? "no difference\n" : "");
  return difference.empty() ? 0 : 1;
}

std::optional<Options> parse(int argc, char** argv) {
  Options options;
  const auto number = [&](int& i, auto& into) {
    if (i + 1 >= argc) return false;
    char* end = nullptr;
    const uint64_t value = std::strtoull(argv[++i], &end, 10);
    into = static_cast<std::remove_reference_t<decltype(into)>>(value);
    return *end == 0;
  };
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    uint64_t seed = 0;
    bool good = true;
    if (word == "--seed") {
      good = number(i, seed);
      options.seed = seed;
    } else if (word == "--count") {
      good = number(i, options.count);
    } else if (word == "--seconds") {
      good = number(i, options.seconds);
    } else if (word == "--jobs") {
      good = number(i, options.jobs) && options.jobs >= 1 && options.jobs <= 64;
    } else if (word == "--binaryen") {
      options.source = Source::Binaryen;
    } else if (word == "--shrink") {
      options.shrink = true;
    } else if (word == "--out" && i + 1 < argc) {
      options.out = argv[++i];
    } else {
      good = !word.starts_with("-") && options.module.empty();
      options.module = word;
    }
    if (!good) return std::nullopt;
  }
  return options;
}

}  // namespace
}  // namespace wasmc::differential

int main(int argc, char** argv) {
  using namespace wasmc::differential;
  const std::optional<Options> options = parse(argc, argv);
  if (!options) {
    std::fputs(kUsage, stderr);
    return 2;
  }
  try {
    if (!options->module.empty()) return checkFile(*options);
    return options->shrink ? shrinkSeed(*options) : runPool(*options);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "wasmc-differential: %s\n", error.what());
    return 2;
  }
}
