#include <wasmc/coredump.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "instance_impl.h"
#include "store_impl.h"

namespace wasmc {
namespace detail {
namespace {

using Bytes = std::vector<uint8_t>;

enum : uint8_t { kCustomSection = 0, kMemorySection = 5, kGlobalSection = 6, kDataSection = 11 };
enum : uint8_t { kI32Const = 0x41, kI64Const = 0x42, kF32Const = 0x43, kF64Const = 0x44 };
enum : uint8_t { kEnd = 0x0b, kRefNull = 0xd0, kSimdPrefix = 0xfd, kV128Const = 0x0c };
enum : uint8_t { kFuncrefCode = 0x70, kExternrefCode = 0x6f };

void putUnsigned(Bytes& out, uint64_t value) {
  do {
    const uint8_t low = value & 0x7f;
    value >>= 7;
    out.push_back(value ? low | 0x80 : low);
  } while (value);
}

void putSigned(Bytes& out, int64_t value) {
  for (bool more = true; more;) {
    const auto low = static_cast<uint8_t>(value & 0x7f);
    value >>= 7;
    more = !((value == 0 && !(low & 0x40)) || (value == -1 && (low & 0x40)));
    out.push_back(more ? low | 0x80 : low);
  }
}

void putName(Bytes& out, std::string_view name) {
  putUnsigned(out, name.size());
  out.insert(out.end(), name.begin(), name.end());
}

void putRaw(Bytes& out, uint64_t bits, unsigned bytes) {
  for (unsigned i = 0; i < bytes; ++i) out.push_back(static_cast<uint8_t>(bits >> (8 * i)));
}

// Part of a memory that is not zero.
struct Run {
  uint64_t offset;
  uint64_t size;
};

std::vector<Run> nonZeroRuns(const abi::MemoryInstance& memory) {
  constexpr uint64_t kPage = 4096;
  constexpr uint64_t kMostOfRun = uint64_t{1} << 31;  // sizes of segments have 32 bits
  static constexpr uint8_t kZeros[kPage] = {};
  std::vector<Run> runs;
  for (uint64_t at = 0; at < abi::currentSize(memory); at += kPage) {
    if (std::memcmp(memory.base + at, kZeros, kPage) == 0) continue;
    const bool joins =
        !runs.empty() && runs.back().offset + runs.back().size == at && runs.back().size < kMostOfRun;
    if (joins)
      runs.back().size += kPage;
    else
      runs.push_back({at, kPage});
  }
  return runs;
}

class Coredump {
 public:
  Coredump(const StoreImpl& store, const CoredumpSink& sink) : store_(store), sink_(sink) {}

  bool write(const Trap& trap, std::string_view program) {
    collect();
    const uint8_t header[] = {0, 'a', 's', 'm', 1, 0, 0, 0};
    Bytes core = {0};
    putName(core, program);
    return sink_(header) && custom("core", core) && custom("coremodules", modules()) &&
           custom("coreinstances", instances()) && custom("corestack", stack(trap)) && memorySection() &&
           globalSection() && dataSection();
  }

 private:
  struct GlobalValue {
    ValType type;
    abi::Value value;
  };

  template <typename T>
  static uint32_t indexOf(std::vector<T>& all, const T& item) {
    const auto found = std::ranges::find(all, item);
    if (found != all.end()) return static_cast<uint32_t>(found - all.begin());
    all.push_back(item);
    return static_cast<uint32_t>(all.size() - 1);
  }

  void collect() {
    for (const auto& instance : store_.instances) {
      InstanceParts& parts = parts_.emplace_back();
      parts.module = indexOf(modules_, instance->module());
      const abi::MetadataView& meta = instance->meta();
      for (uint32_t i = 0; i < meta.memories().size(); ++i)
        parts.memories.push_back(
            indexOf(memories_, const_cast<const abi::MemoryInstance*>(&instance->memory(i))));
      for (uint32_t i = 0; i < meta.globals().size(); ++i) {
        parts.globals.push_back(static_cast<uint32_t>(globals_.size()));
        globals_.push_back({meta.globals()[i].type.type, instance->global(i)});
      }
    }
  }

  bool section(uint8_t id, const Bytes& contents) const {
    Bytes head = {id};
    putUnsigned(head, contents.size());
    return sink_(head) && sink_(contents);
  }

  bool custom(std::string_view name, const Bytes& contents) const {
    Bytes all;
    putName(all, name);
    all.insert(all.end(), contents.begin(), contents.end());
    return section(kCustomSection, all);
  }

  Bytes modules() const {
    Bytes out;
    putUnsigned(out, modules_.size());
    for (const auto& module : modules_) {
      out.push_back(0);
      putName(out, module->artifact->name());
    }
    return out;
  }

  Bytes instances() const {
    Bytes out;
    putUnsigned(out, parts_.size());
    for (const InstanceParts& parts : parts_) {
      out.push_back(0);
      putUnsigned(out, parts.module);
      for (const auto* list : {&parts.memories, &parts.globals}) {
        putUnsigned(out, list->size());
        for (uint32_t index : *list) putUnsigned(out, index);
      }
    }
    return out;
  }

  uint32_t instanceOf(const Frame& frame) const {
    for (uint32_t i = 0; i < parts_.size(); ++i)
      if (modules_[parts_[i].module]->artifact->name() == frame.module) return i;
    return 0;
  }

  Bytes stack(const Trap& trap) const {
    Bytes out = {0};
    putName(out, "main");
    std::vector<const Frame*> frames;  // of functions of modules
    for (const Frame& frame : trap.frames())
      if (!frame.inlined) frames.push_back(&frame);
    putUnsigned(out, frames.size());
    for (const Frame* frame : frames) {
      out.push_back(0);
      putUnsigned(out, instanceOf(*frame));
      putUnsigned(out, frame->function_index);
      putUnsigned(out, frame->function_offset.value_or(0));
      putUnsigned(out, 0);  // locals
      putUnsigned(out, 0);  // operand stack
    }
    return out;
  }

  bool memorySection() const {
    Bytes out;
    putUnsigned(out, memories_.size());
    for (const abi::MemoryInstance* memory : memories_) {
      const Limits& limits = MemoryImpl::of(*memory).declaredType().limits;
      out.push_back(limits.is64 ? 0x04 : 0x00);
      putUnsigned(out, abi::currentSize(*memory) / abi::kPageSize);
    }
    return section(kMemorySection, out);
  }

  static void putConstant(Bytes& out, const GlobalValue& global) {
    const abi::Value& value = global.value;
    switch (global.type.code) {
      case abi::TypeCode::I32:
        out.insert(out.end(), {0x7f, 0, kI32Const});
        putSigned(out, static_cast<int32_t>(value.lo));
        break;
      case abi::TypeCode::I64:
        out.insert(out.end(), {0x7e, 0, kI64Const});
        putSigned(out, static_cast<int64_t>(value.lo));
        break;
      case abi::TypeCode::F32:
        out.insert(out.end(), {0x7d, 0, kF32Const});
        putRaw(out, value.lo, 4);
        break;
      case abi::TypeCode::F64:
        out.insert(out.end(), {0x7c, 0, kF64Const});
        putRaw(out, value.lo, 8);
        break;
      case abi::TypeCode::V128:
        out.insert(out.end(), {0x7b, 0, kSimdPrefix, kV128Const});
        putRaw(out, value.lo, 8);
        putRaw(out, value.hi, 8);
        break;
      case abi::TypeCode::Ref: {
        // A reference means nothing outside of the process.
        const uint8_t code = global.type == ValType::externref() ? kExternrefCode : kFuncrefCode;
        out.insert(out.end(), {code, 0, kRefNull, code});
        break;
      }
    }
    out.push_back(kEnd);
  }

  bool globalSection() const {
    Bytes out;
    putUnsigned(out, globals_.size());
    for (const GlobalValue& global : globals_) putConstant(out, global);
    return section(kGlobalSection, out);
  }

  // The memories' bytes go to the sink from where they are.
  bool dataSection() const {
    struct Segment {
      Bytes head;
      std::span<const uint8_t> bytes;
    };
    std::vector<Segment> segments;
    uint64_t size = 0;
    for (uint32_t m = 0; m < memories_.size(); ++m) {
      const bool is64 = MemoryImpl::of(*memories_[m]).declaredType().limits.is64;
      for (const Run& run : nonZeroRuns(*memories_[m])) {
        Segment& segment = segments.emplace_back();
        segment.head.push_back(m == 0 ? 0 : 2);
        if (m > 0) putUnsigned(segment.head, m);
        segment.head.push_back(is64 ? kI64Const : kI32Const);
        putSigned(segment.head, is64 ? static_cast<int64_t>(run.offset) : static_cast<int32_t>(run.offset));
        segment.head.push_back(kEnd);
        putUnsigned(segment.head, run.size);
        segment.bytes = {memories_[m]->base + run.offset, static_cast<size_t>(run.size)};
        size += segment.head.size() + run.size;
      }
    }
    if (size > UINT32_MAX) return false;
    Bytes count;
    putUnsigned(count, segments.size());
    Bytes head = {kDataSection};
    putUnsigned(head, size + count.size());
    if (!sink_(head) || !sink_(count)) return false;
    return std::ranges::all_of(segments, [&](const Segment& s) { return sink_(s.head) && sink_(s.bytes); });
  }

  struct InstanceParts {
    uint32_t module = 0;
    std::vector<uint32_t> memories;
    std::vector<uint32_t> globals;
  };

  const StoreImpl& store_;
  const CoredumpSink& sink_;
  std::vector<InstanceParts> parts_;
  std::vector<std::shared_ptr<ModuleImpl>> modules_;
  std::vector<const abi::MemoryInstance*> memories_;
  std::vector<GlobalValue> globals_;
};

}  // namespace
}  // namespace detail

Result<void> writeCoredump(StoreRef store, const Trap& trap, std::string_view program,
                           const CoredumpSink& sink) {
  if (detail::Coredump(*store.impl(), sink).write(trap, program)) return {};
  return error(ErrorCode::Io,
               "the coredump could not be written: the sink failed, or the memories hold more than 4 GiB");
}

}  // namespace wasmc
