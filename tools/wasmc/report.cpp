#include "report.h"

#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <span>

namespace wasmc::tool {

void reportResult(const Options& options, size_t input_size, const compiler::CompileResult& result) {
  std::string features;
  for (const std::string& feature : result.cpu_features) features += " " + feature;
  std::fprintf(stderr, "%s\n", compiler::versionString().c_str());
  std::fprintf(stderr, "input   %s, %zu bytes, %zu units\n", options.inputName().c_str(), input_size,
               result.units);
  std::fprintf(stderr, "target  %s -O%s\n", result.target.c_str(), options.compile.opt_level.c_str());
  std::fprintf(stderr, "CPU     %s:%s\n", result.cpu.c_str(), features.c_str());
  std::fprintf(stderr, "output  %s, %zu bytes, descriptor %s\n", options.output.c_str(), result.bytes.size(),
               result.symbol.c_str());
}

void reportRemarks(const Options& options, const compiler::CompileResult& result) {
  for (const compiler::Remark& remark : result.remarks)
    std::fprintf(stderr, "%s\n", remark.describe(options.inputName()).c_str());
}

namespace {

void reportSlowest(const compiler::CompileResult& result) {
  constexpr size_t kShown = 10;
  const size_t shown = std::min(kShown, result.function_times.size());
  if (shown == 0) return;
  std::fprintf(stderr, "   seconds         slowest functions (optimiser)\n");
  for (const compiler::FunctionTime& f : std::span(result.function_times).first(shown))
    std::fprintf(stderr, "%10.3f         %s\n", f.seconds, f.function.c_str());
}

}  // namespace

void reportTimes(const compiler::CompileResult& result, double elapsed_seconds) {
  double sum = 0;
  for (const compiler::PhaseTime& phase : result.phases) sum += phase.seconds;
  std::fprintf(stderr, "   seconds  share  phase (processor time)\n");
  for (const compiler::PhaseTime& phase : result.phases)
    std::fprintf(stderr, "%10.3f %5.1f%%  %s\n", phase.seconds, 100 * phase.seconds / sum,
                 phase.name.c_str());
  std::fprintf(stderr, "%10.3f 100.0%%  sum\n%10.3f         elapsed\n", sum, elapsed_seconds);
  reportSlowest(result);
  rusage usage{};
  if (getrusage(RUSAGE_SELF, &usage) == 0)
    std::fprintf(stderr, "%10.1f         peak memory, MB\n", static_cast<double>(usage.ru_maxrss) / 1024);
}

}  // namespace wasmc::tool
