// An artifact in memory: its descriptor and metadata, its code registered, its function types numbered.
// Immutable; shared by all modules that were loaded from it.
#ifndef WASMC_ARTIFACT_H
#define WASMC_ARTIFACT_H

#include <wasmc/abi/descriptor.h>
#include <wasmc/abi/layout.h>
#include <wasmc/abi/metadata_reader.h>
#include <wasmc/abi/source_map.h>
#include <wasmc/result.h>
#include <wasmc/types.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "os.h"

namespace wasmc::detail {

// Where an artifact comes from, and what keeps it there. Linked into the program: nothing.
struct ArtifactSource {
  ArtifactSource() = default;
  ArtifactSource(ArtifactSource&& other) noexcept;
  ArtifactSource& operator=(ArtifactSource&&) = delete;
  ~ArtifactSource();

  void* library = nullptr;                // from dlopen
  os::Fd file;                            // stays open to map the memory image
  std::optional<uint64_t> image_in_file;  // file offset of the memory image, if it can be mapped
  std::string label;                      // for messages: the path
};

class Artifact {
 public:
  // The metadata must have been validated. ErrorCode::Format if descriptor and metadata disagree.
  static Result<std::unique_ptr<const Artifact>> create(const abi::Descriptor* descriptor,
                                                        ArtifactSource source);
  Artifact(const abi::Descriptor* descriptor, ArtifactSource source);
  ~Artifact();
  Artifact(const Artifact&) = delete;
  Artifact& operator=(const Artifact&) = delete;

  const abi::MetadataView& meta() const { return meta_; }
  abi::InstanceLayout layout() const { return abi::InstanceLayout(meta_->counts); }
  std::string_view name() const { return meta_.string(meta_->module_name); }
  const std::string& label() const { return source_.label; }

  // Canonical numbers of the module's types.
  std::span<const uint32_t> typeIds() const { return type_ids_; }
  uint32_t typeIdOfFunction(uint32_t function) const { return type_ids_[meta_.functions()[function].type]; }
  // An index of the type among the module's; none if it has no such type.
  std::optional<uint32_t> findType(uint32_t type_id) const;

  void* funcRefCode(uint32_t i) const { return relative(table(descriptor_->func_refs)[i]); }
  void* tailCode(uint32_t i) const { return relativeOrNull(descriptor_->tail_codes, i); }
  void* arrayCall(uint32_t type) const { return relativeOrNull(descriptor_->array_calls, type); }
  void* adapter(uint32_t type) const { return relativeOrNull(descriptor_->adapters, type); }
  std::span<const uint8_t> segmentData(const abi::DataSegment& segment) const;
  const uint8_t* memoryImage() const {
    return static_cast<const uint8_t*>(relative(descriptor_->memory_image));
  }
  bool uses(std::string_view feature) const;  // a proposal, by its flag's name
  // Of the memories that it defines or imports.
  MemoryGuard memoryGuard() const {
    return hasMode(abi::kModeExplicitBounds) ? MemoryGuard::None : MemoryGuard::Pages;
  }
  bool hasMode(abi::Mode mode) const { return (meta_->modes & mode) != 0; }
  // To map the image: descriptor of the file, or -1 if it must be copied.
  int imageFile() const { return source_.image_in_file ? source_.file.get() : -1; }
  uint64_t imageInFile() const { return source_.image_in_file.value_or(0); }

  // Of a memory that debuggers are to look into.
  void showDebuggers(const uint8_t* memory) const {
    if (descriptor_->debug_memory)
      __atomic_store_n(static_cast<const uint8_t**>(relative(descriptor_->debug_memory)), memory,
                       __ATOMIC_RELAXED);
  }

  // The file's contents. ErrorCode::Unsupported if it was linked into the program.
  Result<std::vector<uint8_t>> readFile() const;

  // Export by name; kNone if there is none.
  uint32_t findExport(std::string_view name) const;

  // Safe in a signal handler.
  bool ownsCode(uintptr_t pc) const { return findCode(pc) != nullptr; }
  // The function that contains `pc`, thunks included; null if none does.
  const abi::AddressMapFunction* findCode(uintptr_t pc) const;

  // Byte offsets in the .wasm file of the instruction at `pc`, and of the calls of wasm functions that were
  // inlined there, innermost first. Empty if not known.
  std::vector<uint64_t> wasmOffsets(const abi::AddressMapFunction& function, uintptr_t pc) const;
  // Where in its source the instruction at a byte offset of the .wasm file comes from: the innermost inlined
  // function first, the one of the module last. Empty without DWARF.
  std::vector<abi::SourcePosition> sourcePositions(uint64_t wasm_offset) const;

 private:
  struct CodeLine {
    std::optional<uint64_t> offset;
    uint32_t inlining = 0;  // a position in inlines_ plus one
  };
  CodeLine findLine(const abi::AddressMapFunction& function, uintptr_t pc) const;
  void* relative(abi::RelOffset offset) const {
    return const_cast<char*>(reinterpret_cast<const char*>(descriptor_)) + offset;
  }
  const abi::RelOffset* table(abi::RelOffset offset) const {
    return static_cast<const abi::RelOffset*>(relative(offset));
  }
  void* relativeOrNull(abi::RelOffset offsets, uint32_t i) const {
    const abi::RelOffset at = offsets ? table(offsets)[i] : 0;
    return at ? relative(at) : nullptr;
  }
  Result<void> checkDescriptor() const;
  void internTypes();
  void fillLibCalls() const;
  void registerCode();
  static uintptr_t codeStart(const abi::AddressMapFunction& f) {
    return reinterpret_cast<uintptr_t>(&f) + static_cast<uintptr_t>(static_cast<intptr_t>(f.start));
  }

  const abi::Descriptor* descriptor_;
  ArtifactSource source_;
  abi::MetadataView meta_;
  std::vector<uint32_t> type_ids_;
  std::vector<const abi::AddressMapFunction*> functions_;  // by address
  std::span<const abi::AddressMapInline> inlines_;
  std::span<const uint8_t> lines_;  // line programs
  std::vector<uint32_t> exports_by_name_;
};

}  // namespace wasmc::detail

#endif  // WASMC_ARTIFACT_H
