// How a module is divided for parallel code generation.
#include "lower/lower.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace wasmc::compiler {
namespace {

// Bytes of wasm body in a unit. Small, so that a module of a few megabytes keeps 16 threads busy and little
// IR is in memory at a time; large enough that few of the calls that are worth inlining cross units. SQLite's
// speedtest1 (1.2 MB of bodies) in units of 100 KiB, of 300 KiB, and as one: 54, 58 and 70 s of processor
// time, 156, 222 and 304 MB on two threads, and no difference in its own run time that stands out of the
// noise of 5 %.
constexpr uint64_t kUnitBytes = 200 * 1024;

// What a function costs beyond its body: prologue, symbol, unwind table.
constexpr uint64_t kFunctionOverhead = 16;

uint64_t weight(const Function& function) { return function.body_size + kFunctionOverhead; }

}  // namespace

std::vector<Unit> planUnits(const Module& module) {
  const auto end = static_cast<uint32_t>(module.functions.size());
  uint64_t total = 0;
  for (uint32_t f = module.imported_functions; f < end; ++f) total += weight(module.functions[f]);
  const uint64_t wanted = std::max<uint64_t>(1, (total + kUnitBytes / 2) / kUnitBytes);

  // Unit k ends at the first function that takes the running sum to its share, (k + 1) / wanted of the total.
  // A function larger than a share closes the shares it covers all at once, so units may be fewer than
  // wanted.
  std::vector<Unit> units;
  uint64_t sum = 0;
  uint64_t shares = 1;
  uint32_t first = module.imported_functions;
  for (uint32_t f = first; f < end; ++f) {
    sum += weight(module.functions[f]);
    if (f + 1 < end && sum * wanted < total * shares) continue;
    units.push_back({first, f + 1 - first});
    first = f + 1;
    while (sum * wanted >= total * shares) ++shares;
  }
  return units;
}

}  // namespace wasmc::compiler
