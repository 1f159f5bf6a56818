// --tcplisten.
#ifndef WASMC_TOOLS_WASMRUN_LISTEN_H
#define WASMC_TOOLS_WASMRUN_LISTEN_H

#include "failure.h"

#include <string>

namespace wasmc::tool {

// A socket that listens on "HOST:PORT" ("127.0.0.1:8080", "[::1]:8080", "localhost:0").
Outcome<int> listenOn(const std::string& address);

}  // namespace wasmc::tool

#endif  // WASMC_TOOLS_WASMRUN_LISTEN_H
