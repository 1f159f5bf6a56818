// Numbers with units, as people write them on command lines.
#ifndef WASMC_COMPILER_SUPPORT_QUANTITIES_H
#define WASMC_COMPILER_SUPPORT_QUANTITIES_H

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace wasmc::compiler {

// "4000000", "512K", "64M", "2G", in bytes. The error is a sentence about `option`.
std::expected<uint64_t, std::string> parseSize(std::string_view option, std::string_view text);

// "10", "0.5": above 0. The error is a sentence about `option`.
std::expected<double, std::string> parseSeconds(std::string_view option, const std::string& text);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_SUPPORT_QUANTITIES_H
