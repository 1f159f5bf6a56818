// Modules made by hand, for tests that need no front end.
#ifndef WASMC_TEST_UNIT_LOWER_MODULES_H
#define WASMC_TEST_UNIT_LOWER_MODULES_H

#include "frontend/module.h"
#include "lower/lower.h"

#include <cstdint>
#include <vector>

namespace wasmc::compiler::test {

using Op = abi::ConstInstr::Op;

inline ConstExpr i32Const(uint32_t value) { return {{Op::I32Const, 0, value, 0}}; }

inline constexpr uint64_t kImagePage = 4096;
inline constexpr uint32_t kWasmPage = 65536;

// One memory of the given size and no data.
Module memoryModule(uint64_t pages);
// An active segment of memory 0. The bytes must outlive the module.
void addData(Module& module, uint32_t offset, const std::vector<uint8_t>& bytes);

// `sizes` are the body sizes of its functions; all have the type [] -> [].
Module functionsModule(const std::vector<uint32_t>& sizes);

// At least one of everything that the metadata describes.
Module sampleModule();
ArtifactInfo sampleInfo();

}  // namespace wasmc::compiler::test

#endif  // WASMC_TEST_UNIT_LOWER_MODULES_H
