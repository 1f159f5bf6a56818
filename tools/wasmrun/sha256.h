// SHA-256 (FIPS 180-4). Here because names in the cache are hashes of what was compiled, and nothing else
// that wasmrun loads at start has it.
#ifndef WASMC_TOOLS_WASMRUN_SHA256_H
#define WASMC_TOOLS_WASMRUN_SHA256_H

#include <array>
#include <cstdint>
#include <span>
#include <string>

namespace wasmc::tool {

using Sha256 = std::array<uint8_t, 32>;

Sha256 sha256(std::span<const uint8_t> bytes);

std::string toHex(const Sha256& hash);

}  // namespace wasmc::tool

#endif  // WASMC_TOOLS_WASMRUN_SHA256_H
