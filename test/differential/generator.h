// Modules out of bytes: valid, ending, and with one outcome by the specification.
#ifndef WASMC_TEST_DIFFERENTIAL_GENERATOR_H
#define WASMC_TEST_DIFFERENTIAL_GENERATOR_H

#include <cstdint>
#include <span>
#include <vector>

namespace wasmc::differential {

// Any bytes make a module. It imports (fuzzing-support, log-TYPE) for four types, and exports its functions
// as f0, f1, … with numbers as parameters and results, its memories, tables, and globals that are no vectors.
std::vector<uint8_t> generateModule(std::span<const uint8_t> bytes);

}  // namespace wasmc::differential

#endif  // WASMC_TEST_DIFFERENTIAL_GENERATOR_H
