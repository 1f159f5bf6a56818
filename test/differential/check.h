// One module through all engines.
#ifndef WASMC_TEST_DIFFERENTIAL_CHECK_H
#define WASMC_TEST_DIFFERENTIAL_CHECK_H

#include "engines.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>

namespace wasmc::differential {

struct Verdict {
  std::string difference;                     // what differs, between which engines; empty if nothing does
  std::map<std::string, std::string> absent;  // engines that could not run it, and why
  bool wabt_alone = false;                    // wabt's interpreter differs, and V8 does not
  size_t displaced_faults = 0;                // with --strict-traps: reported at another offset than at -O0
  size_t calls = 0;
  size_t traps = 0;
};

// `choice` decides which options of wasmc are tried besides -O0 --strict-traps and -O3. `node` may be null.
Verdict check(std::span<const uint8_t> wasm, uint64_t choice, Node* node);

}  // namespace wasmc::differential

#endif  // WASMC_TEST_DIFFERENTIAL_CHECK_H
