// --invoke: arguments from text, results to text.
#ifndef WASMC_TOOLS_WASMRUN_INVOKE_H
#define WASMC_TOOLS_WASMRUN_INVOKE_H

#include "failure.h"

#include <wasmc/func.h>

#include <span>
#include <string>
#include <vector>

namespace wasmc::tool {

// One value for each parameter. Integers are decimal or 0x…, signed or unsigned; floats also "nan" and "inf".
Outcome<std::vector<Val>> parseArguments(const std::string& name, const FuncType& type,
                                         std::span<const std::string> arguments);

// The number alone, as the shortest text that gives the same value again; vectors in hexadecimal.
std::string formatResult(const Val& value);

}  // namespace wasmc::tool

#endif  // WASMC_TOOLS_WASMRUN_INVOKE_H
