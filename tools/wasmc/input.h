// Reading the module.
#ifndef WASMC_TOOLS_WASMC_INPUT_H
#define WASMC_TOOLS_WASMC_INPUT_H

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "options.h"

namespace wasmc::tool {

struct Input {
  std::vector<uint8_t> module;  // binary; a text module has been assembled
  std::string text;             // of a text module
};

// The error is a whole message with the file's name.
std::expected<Input, std::string> readInput(const Options& options);

}  // namespace wasmc::tool

#endif  // WASMC_TOOLS_WASMC_INPUT_H
