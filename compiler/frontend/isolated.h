// Runs code that may end its process in a process of its own.
#ifndef WASMC_COMPILER_FRONTEND_ISOLATED_H
#define WASMC_COMPILER_FRONTEND_ISOLATED_H

#include <cstdint>
#include <expected>
#include <functional>
#include <string>
#include <vector>

namespace wasmc::compiler {

// What `work` returned in a child process, which prints nothing; or how that process ended without returning.
// `work` must not depend on other threads: the child has none.
std::expected<std::vector<uint8_t>, std::string> runIsolated(
    const std::function<std::vector<uint8_t>()>& work);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_FRONTEND_ISOLATED_H
