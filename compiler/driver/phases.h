// Where the processor time of a compilation goes.
#ifndef WASMC_COMPILER_DRIVER_PHASES_H
#define WASMC_COMPILER_DRIVER_PHASES_H

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "wasmc/compiler.h"

namespace wasmc::compiler {

enum class Phase { Decode, Debug, Lower, Verify, Optimise, Codegen, Merge, AddressMap, Link, Count };

// Sums up; any thread may add.
class PhaseClock {
 public:
  // Measures its own lifetime on the thread that it lives on.
  class Scope {
   public:
    Scope(PhaseClock& clock, Phase phase) : clock_(clock), phase_(phase) {}
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    ~Scope() { clock_.nanoseconds_[static_cast<size_t>(phase_)] += threadCpuTime() - start_; }

   private:
    PhaseClock& clock_;
    Phase phase_;
    int64_t start_ = threadCpuTime();
  };

  [[nodiscard]] Scope measure(Phase phase) { return Scope(*this, phase); }
  // Those that took any time, in order of the pipeline.
  std::vector<PhaseTime> times() const;

 private:
  static int64_t threadCpuTime();  // nanoseconds

  std::array<std::atomic<int64_t>, static_cast<size_t>(Phase::Count)> nanoseconds_{};
};

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_DRIVER_PHASES_H
