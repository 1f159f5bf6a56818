// Reading the module.
#ifndef WASMC_TOOLS_WASMC_INPUT_H
#define WASMC_TOOLS_WASMC_INPUT_H

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "options.h"

namespace wasmc::tool {

// The bytes of a binary module; text is assembled. The error is a whole message with the file's name.
std::expected<std::vector<uint8_t>, std::string> readInput(const Options& options);

}  // namespace wasmc::tool

#endif  // WASMC_TOOLS_WASMC_INPUT_H
