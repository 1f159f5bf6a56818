// Where modules come from.
#ifndef WASMC_TEST_DIFFERENTIAL_SOURCE_H
#define WASMC_TEST_DIFFERENTIAL_SOURCE_H

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace wasmc::differential {

enum class Source {
  Own,       // generator.h
  Binaryen,  // wasm-opt --translate-to-fuzz: scalar code
};

// Of any bytes. `scratch` names files of this process, which are overwritten. Throws std::runtime_error if
// wasm-opt fails.
std::vector<uint8_t> makeModule(Source source, std::span<const uint8_t> bytes,
                                const std::filesystem::path& scratch);

std::vector<uint8_t> readFile(const std::filesystem::path& path);
void writeFile(const std::filesystem::path& path, std::span<const uint8_t> bytes);

}  // namespace wasmc::differential

#endif  // WASMC_TEST_DIFFERENTIAL_SOURCE_H
