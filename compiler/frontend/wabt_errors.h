// wabt's messages, reworded so that they say what was expected.
#ifndef WASMC_COMPILER_FRONTEND_WABT_ERRORS_H
#define WASMC_COMPILER_FRONTEND_WABT_ERRORS_H

#include <string>
#include <string_view>

namespace wasmc::compiler {

std::string rewordReadError(std::string_view message);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_FRONTEND_WABT_ERRORS_H
