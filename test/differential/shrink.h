// Smaller inputs that still show a finding.
#ifndef WASMC_TEST_DIFFERENTIAL_SHRINK_H
#define WASMC_TEST_DIFFERENTIAL_SHRINK_H

#include <cstdint>
#include <functional>
#include <vector>

namespace wasmc::differential {

// Leaves out, or makes zero, as many bytes as it can while `interesting` holds, which is asked some hundred
// times.
std::vector<uint8_t> shrink(std::vector<uint8_t> bytes,
                            const std::function<bool(const std::vector<uint8_t>&)>& interesting);

}  // namespace wasmc::differential

#endif  // WASMC_TEST_DIFFERENTIAL_SHRINK_H
