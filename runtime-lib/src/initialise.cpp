#include "initialise.h"

#include <wasmc/func.h>

#include <algorithm>
#include <cstring>

#include "artifact.h"
#include "instance_impl.h"
#include "log.h"
#include "os.h"
#include "store_impl.h"

namespace wasmc::detail {
namespace {

using log::Category;

void copyImage(InstanceImpl& instance) {
  for (const abi::ImageRun& run : instance.meta().imageRuns())
    std::memcpy(instance.memory(0).base + run.memory_offset,
                instance.artifact().memoryImage() + run.image_offset, run.size);
}

bool mapImage(InstanceImpl& instance) {
  const Artifact& artifact = instance.artifact();
  if (instance.store().engine.options().copy_memory_image || artifact.imageFile() < 0) return false;
  return std::ranges::all_of(instance.meta().imageRuns(), [&](const abi::ImageRun& run) {
    return os::mapPrivate(instance.memory(0).base + run.memory_offset, run.size, artifact.imageFile(),
                          artifact.imageInFile() + run.image_offset);
  });
}

Result<void> trapIn(TrapCode code, const char* what, uint32_t segment) {
  Error error = Error::ofTrap(code);
  error.message += std::string(" (active ") + what + " segment " + std::to_string(segment) + ")";
  return std::unexpected(std::move(error));
}

Result<void> applyElements(InstanceImpl& instance) {
  const std::span<const abi::ElemSegment> segments = instance.meta().elemSegments();
  for (uint32_t i = 0; i < segments.size(); ++i) {
    const abi::ElemSegment& segment = segments[i];
    if (segment.mode == abi::SegmentMode::Passive) continue;
    if (segment.mode == abi::SegmentMode::Active) {
      const uint64_t count = std::max(segment.exprs.count, segment.functions.count);
      const uint64_t to = static_cast<uint32_t>(instance.evaluate(segment.offset).lo);
      const TrapCode code = instance.tableInit(segment.table, i, to, 0, count);
      if (code != TrapCode::None) return trapIn(code, "element", i);
    }
    instance.dropElem(i);
  }
  return {};
}

Result<void> applyData(InstanceImpl& instance) {
  const abi::MetadataView& meta = instance.meta();
  const std::span<const abi::DataSegment> segments = meta.dataSegments();
  for (uint32_t i = 0; i < segments.size(); ++i) {
    const abi::DataSegment& segment = segments[i];
    if (segment.mode != abi::SegmentMode::Active) continue;
    if (!segment.in_image) {
      const uint64_t offset = instance.evaluate(segment.offset).lo;
      const bool is64 = meta.memories()[segment.memory].limits.is64 != 0;
      const uint64_t to = is64 ? offset : static_cast<uint32_t>(offset);
      const TrapCode code = instance.memoryInit(segment.memory, i, to, 0, segment.size);
      if (code != TrapCode::None) return trapIn(code, "data", i);
    }
    instance.dropData(i);
  }
  return {};
}

// A shared memory may be in use by others, and is never taken back.
bool resetMemories(InstanceImpl& instance) {
  const abi::InstanceCounts& counts = instance.layout().counts();
  for (uint32_t i = 0; i < counts.defined_memories; ++i) {
    MemoryImpl& memory = MemoryImpl::of(instance.memory(counts.imported_memories + i));
    if (memory.shared() || !memory.reset()) return false;
  }
  if (!instance.image_mapped) copyImage(instance);
  return true;
}

bool resetTables(InstanceImpl& instance) {
  const abi::InstanceCounts& counts = instance.layout().counts();
  for (uint32_t i = 0; i < counts.defined_tables; ++i)
    if (!instance.table(counts.imported_tables + i).reset(initialElement(instance, i))) return false;
  return true;
}

}  // namespace

void initialiseGlobals(InstanceImpl& instance) {
  const std::span<const abi::GlobalEntry> globals = instance.meta().globals();
  for (uint32_t i = instance.layout().counts().imported_globals; i < globals.size(); ++i)
    instance.global(i) = instance.evaluate(globals[i].init);
}

void loadImage(InstanceImpl& instance) {
  const abi::MetadataView& meta = instance.meta();
  if (meta.imageRuns().empty()) return;
  instance.image_mapped = mapImage(instance);
  if (!instance.image_mapped) copyImage(instance);
  log::write(Category::Instantiate, "%s: memory of %llu bytes, image of %llu bytes %s",
             instance.artifact().label().c_str(),
             static_cast<unsigned long long>(abi::currentSize(instance.memory(0))),
             static_cast<unsigned long long>(meta->image_size), instance.image_mapped ? "mapped" : "copied");
}

void* initialElement(InstanceImpl& instance, uint32_t table) {
  const uint32_t index = instance.layout().counts().imported_tables + table;
  return reinterpret_cast<void*>(instance.evaluate(instance.meta().tables()[index].init).lo);
}

Result<void> applySegments(InstanceImpl& instance) {
  if (Result<void> done = applyElements(instance); !done) return done;
  return applyData(instance);
}

Result<void> runStart(InstanceImpl& instance) {
  const uint32_t start = instance.meta()->start_function;
  if (start == abi::kNone) return {};
  abi::Value value;
  if (Error* failed = invoke(instance.func(start), &value)) return takeError(failed);
  return {};
}

bool resetInstance(InstanceImpl& instance) {
  initialiseGlobals(instance);
  instance.restoreSegments();
  return resetMemories(instance) && resetTables(instance) && applySegments(instance);
}

}  // namespace wasmc::detail
