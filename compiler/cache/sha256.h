// SHA-256 (FIPS 180-4). Here because names in the cache are hashes of what was compiled, and nothing else
// that is loaded for a look into the cache has it.
#ifndef WASMC_COMPILER_CACHE_SHA256_H
#define WASMC_COMPILER_CACHE_SHA256_H

#include <array>
#include <cstdint>
#include <span>
#include <string>

namespace wasmc::compiler {

using Sha256 = std::array<uint8_t, 32>;

Sha256 sha256(std::span<const uint8_t> bytes);

std::string toHex(const Sha256& hash);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_CACHE_SHA256_H
