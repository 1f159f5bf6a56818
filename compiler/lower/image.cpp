#include "lower/image.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace wasmc::compiler {
namespace {

constexpr uint64_t kImagePage = 4096;

// Runs whose distance is at most this are stored as one: a mapping costs more than some pages of zeros.
constexpr uint64_t kMergeGap = 4 * kImagePage;

// Less initialised data than this is copied at instantiation: cheaper than a mapping, and the artifact need
// not be padded to page boundaries for it.
constexpr uint64_t kMinImageData = kImagePage;

// Bytes of pages that the data of a scattered module may take up in the image, beyond a multiple of its size.
constexpr uint64_t kScatterAllowance = 256 * kImagePage;

uint64_t roundDown(uint64_t n) { return n & ~(kImagePage - 1); }
uint64_t roundUp(uint64_t n) { return roundDown(n + kImagePage - 1); }

// A page-aligned part of memory that segments write to, and where its bytes stand in the working buffer.
struct Extent {
  uint64_t begin = 0;
  uint64_t end = 0;
  uint64_t position = 0;
};

uint64_t minimumBytes(const Limits& limits) {
  const uint64_t most = std::numeric_limits<uint64_t>::max() >> limits.page_size_log2;
  return limits.min > most ? std::numeric_limits<uint64_t>::max() : limits.min << limits.page_size_log2;
}

// Whether `count` bytes or elements at `offset` are sure to fit into `size`.
bool surelyFits(const ConstExpr& offset, uint64_t count, uint64_t size) {
  const std::optional<uint64_t> start = constantInteger(offset);
  return start && *start <= size && count <= size - *start;
}

// Whether no active segment traps.
bool segmentsAreStatic(const Module& module) {
  const auto elementsFit = [&](const ElemSegment& s) {
    return s.mode != SegmentMode::Active ||
           surelyFits(s.offset, s.elements.size(), module.tables[s.table].type.limits.min);
  };
  const auto dataFits = [&](const DataSegment& s) {
    return s.mode != SegmentMode::Active ||
           surelyFits(s.offset, s.bytes.size(), minimumBytes(module.memories[s.memory].type.limits));
  };
  return std::ranges::all_of(module.elem_segments, elementsFit) &&
         std::ranges::all_of(module.data_segments, dataFits);
}

bool belongsToImage(const DataSegment& segment) {
  return segment.mode == SegmentMode::Active && segment.memory == 0;
}

bool mayHaveImage(const Module& module) {
  if (module.memories.empty() || module.memories[0].imported) return false;
  if ((uint64_t{1} << module.memories[0].type.limits.page_size_log2) % kImagePage != 0) return false;
  uint64_t bytes = 0;
  for (const DataSegment& segment : module.data_segments) {
    if (belongsToImage(segment)) bytes += segment.bytes.size();
  }
  return bytes >= kMinImageData && segmentsAreStatic(module);
}

// The extents that the segments of memory 0 touch, ascending and disjoint; nothing where the data is
// scattered so thinly that whole pages of it would bloat the artifact.
std::vector<Extent> findExtents(const Module& module) {
  std::vector<Extent> touched;
  uint64_t data = 0;
  for (const DataSegment& segment : module.data_segments) {
    if (!belongsToImage(segment) || segment.bytes.empty()) continue;
    const uint64_t offset = *constantInteger(segment.offset);
    touched.push_back({roundDown(offset), roundUp(offset + segment.bytes.size()), 0});
    data += segment.bytes.size();
  }
  std::sort(touched.begin(), touched.end(),
            [](const Extent& a, const Extent& b) { return a.begin < b.begin; });

  std::vector<Extent> extents;
  for (const Extent& t : touched) {
    if (!extents.empty() && t.begin <= extents.back().end) {
      extents.back().end = std::max(extents.back().end, t.end);
    } else {
      extents.push_back(t);
    }
  }
  uint64_t total = 0;
  for (Extent& e : extents) {
    e.position = total;
    total += e.end - e.begin;
  }
  if (total > 4 * data + kScatterAllowance) extents.clear();
  return extents;
}

// The extents' contents after all segments, in the module's order: later ones overwrite earlier ones.
std::vector<uint8_t> writeSegments(const Module& module, const std::vector<Extent>& extents) {
  std::vector<uint8_t> contents(extents.back().position + (extents.back().end - extents.back().begin));
  for (const DataSegment& segment : module.data_segments) {
    if (!belongsToImage(segment) || segment.bytes.empty()) continue;
    const uint64_t offset = *constantInteger(segment.offset);
    const auto after = std::upper_bound(extents.begin(), extents.end(), offset,
                                        [](uint64_t o, const Extent& e) { return o < e.begin; });
    const Extent& extent = *std::prev(after);
    std::memcpy(contents.data() + extent.position + (offset - extent.begin), segment.bytes.data(),
                segment.bytes.size());
  }
  return contents;
}

// Keeps the pages that hold anything but zeros.
void appendRuns(const std::vector<Extent>& extents, const std::vector<uint8_t>& contents,
                MemoryImage& image) {
  static constexpr uint8_t kZeros[kImagePage] = {};
  for (const Extent& extent : extents) {
    for (uint64_t at = extent.begin; at < extent.end; at += kImagePage) {
      const uint8_t* page = contents.data() + extent.position + (at - extent.begin);
      if (std::memcmp(page, kZeros, kImagePage) == 0) continue;
      const uint64_t run_end =
          image.runs.empty() ? 0 : image.runs.back().memory_offset + image.runs.back().size;
      if (image.runs.empty() || at - run_end > kMergeGap) {
        image.runs.push_back({at, image.pages.size(), 0});
      } else {
        image.pages.resize(image.pages.size() + (at - run_end));
      }
      image.pages.insert(image.pages.end(), page, page + kImagePage);
      image.runs.back().size = at + kImagePage - image.runs.back().memory_offset;
    }
  }
}

}  // namespace

std::optional<uint64_t> constantInteger(const ConstExpr& expr) {
  using Op = abi::ConstInstr::Op;
  std::vector<uint64_t> stack;
  bool is64 = false;
  for (const abi::ConstInstr& instr : expr) {
    if (instr.op == Op::I32Const || instr.op == Op::I64Const) {
      stack.push_back(instr.bits);
      is64 = instr.op == Op::I64Const;
      continue;
    }
    if (instr.op < Op::I32Add || stack.size() < 2) return std::nullopt;
    const uint64_t right = stack.back();
    stack.pop_back();
    uint64_t& left = stack.back();
    switch (instr.op) {
      case Op::I32Add:
      case Op::I64Add: left += right; break;
      case Op::I32Sub:
      case Op::I64Sub: left -= right; break;
      case Op::I32Mul:
      case Op::I64Mul: left *= right; break;
      default: return std::nullopt;
    }
  }
  if (stack.size() != 1) return std::nullopt;
  return is64 ? stack[0] : static_cast<uint32_t>(stack[0]);
}

MemoryImage planMemoryImage(const Module& module) {
  MemoryImage image;
  image.placements.resize(module.data_segments.size());
  const std::vector<Extent> extents = mayHaveImage(module) ? findExtents(module) : std::vector<Extent>();
  if (!extents.empty()) appendRuns(extents, writeSegments(module, extents), image);

  for (size_t i = 0; i < module.data_segments.size(); ++i) {
    const DataSegment& segment = module.data_segments[i];
    if (!extents.empty() && belongsToImage(segment)) {
      image.placements[i].in_image = true;
    } else {
      image.placements[i].data = image.segment_data.size();
      image.segment_data.insert(image.segment_data.end(), segment.bytes.begin(), segment.bytes.end());
    }
  }
  return image;
}

}  // namespace wasmc::compiler
