// The initial contents of memory 0 as pages that an instance can map from the artifact, and the bytes of the
// data segments that are left.
//
// The active data segments are put into the image by the compiler only if that can not be told from running
// them at instantiation: memory 0 is the module's own, and every active segment of the module, of elements
// too, has a constant offset and lies within its memory's or table's minimum size, so that none of them
// traps. (One that traps leaves what the segments before it did: functions that it put into another
// instance's table can look at the memory.)
#ifndef WASMC_COMPILER_LOWER_IMAGE_H
#define WASMC_COMPILER_LOWER_IMAGE_H

#include "frontend/module.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace wasmc::compiler {

struct SegmentPlacement {
  uint64_t data = 0;      // offset in MemoryImage::segment_data
  bool in_image = false;  // then `data` has no meaning
};

struct MemoryImage {
  std::vector<abi::ImageRun> runs;  // by ascending memory offset, apart from each other
  std::vector<uint8_t> pages;       // what the runs refer to
  std::vector<uint8_t> segment_data;
  std::vector<SegmentPlacement> placements;  // one a data segment
};

MemoryImage planMemoryImage(const Module& module);

// The value of an integer constant expression; nothing where it depends on a global.
std::optional<uint64_t> constantInteger(const ConstExpr& expr);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_LOWER_IMAGE_H
