// Arguments from files: `@FILE` on the command line stands for the words in FILE.
#ifndef WASMC_TOOLS_WASMC_RESPONSE_FILE_H
#define WASMC_TOOLS_WASMC_RESPONSE_FILE_H

#include <expected>
#include <span>
#include <string>
#include <vector>

namespace wasmc::tool {

// Words are separated by white space; quotes and backslashes mean what they mean to a shell. What a file
// holds is not expanded again. The error is one line without "error:".
std::expected<std::vector<std::string>, std::string> expandResponseFiles(
    std::span<const char* const> arguments);

}  // namespace wasmc::tool

#endif  // WASMC_TOOLS_WASMC_RESPONSE_FILE_H
