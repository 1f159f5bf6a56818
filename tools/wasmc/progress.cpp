#include "progress.h"

#include <unistd.h>

#include <chrono>
#include <cstdio>

namespace wasmc::tool {
namespace {

class ProgressLine {
 public:
  ProgressLine() = default;
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine() {
    if (shown_) std::fputs("\r\x1b[K", stderr);
  }

  void show(const compiler::Progress& progress) {
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
    if (elapsed.count() < 1 || progress.share <= 0) return;
    const double left = elapsed.count() * (1 - progress.share) / progress.share;
    std::fprintf(stderr, "\rwasmc: %u of %u functions, about %.0f s left\x1b[K", progress.functions_done,
                 progress.functions, left);
    shown_ = true;
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  bool shown_ = false;
};

}  // namespace

std::expected<compiler::CompileResult, compiler::CompileError> compileWithProgress(
    std::span<const uint8_t> module, compiler::CompileOptions options) {
  if (isatty(STDERR_FILENO) == 0) return compiler::compile(module, options);
  ProgressLine line;
  options.progress = [&line](const compiler::Progress& progress) { line.show(progress); };
  return compiler::compile(module, options);
}

}  // namespace wasmc::tool
