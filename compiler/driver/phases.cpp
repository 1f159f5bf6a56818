#include "driver/phases.h"

#include <ctime>

namespace wasmc::compiler {

int64_t PhaseClock::threadCpuTime() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

std::vector<PhaseTime> PhaseClock::times() const {
  constexpr std::array<const char*, static_cast<size_t>(Phase::Count)> kNames = {
      "decode and validate", "read DWARF",  "lower",       "verify", "optimise",
      "generate code",       "merge units", "address map", "link"};
  std::vector<PhaseTime> times;
  for (size_t i = 0; i < kNames.size(); ++i)
    if (nanoseconds_[i] > 0) times.push_back({kNames[i], static_cast<double>(nanoseconds_[i]) * 1e-9});
  return times;
}

}  // namespace wasmc::compiler
