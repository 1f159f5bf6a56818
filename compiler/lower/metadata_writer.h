// The artifact's metadata block: the structs of abi/descriptor.h, laid out in a byte vector. The block's
// content depends on its inputs alone.
#ifndef WASMC_COMPILER_LOWER_METADATA_WRITER_H
#define WASMC_COMPILER_LOWER_METADATA_WRITER_H

#include "frontend/module.h"
#include "lower/image.h"
#include "lower/lower.h"

#include <cstdint>
#include <vector>

namespace wasmc::compiler {

std::vector<uint8_t> writeMetadata(const Module& module, const ArtifactInfo& info, const MemoryImage& image);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_LOWER_METADATA_WRITER_H
