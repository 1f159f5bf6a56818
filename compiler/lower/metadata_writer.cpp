#include "lower/metadata_writer.h"

#include "lower/thunks.h"
#include "lower/types.h"

#include <llvm/ADT/StringMap.h>
#include <llvm/Support/SHA256.h>

#include <wasmc/abi/fingerprint.h>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>
#include <limits>
#include <string_view>
#include <type_traits>

namespace wasmc::compiler {
namespace {

static_assert(std::endian::native == std::endian::little, "the structs are written as they stand in memory");

// Grows the block. Everything is 8-byte aligned but strings, which are stored once each.
class Block {
 public:
  Block() : bytes_(sizeof(abi::Metadata)) {}

  template <typename T>
  abi::ArrayRef<T> array(const std::vector<T>& elements) {
    static_assert(std::has_unique_object_representations_v<T>, "padding would make the block's bytes vary");
    static_assert(alignof(T) <= 8);
    if (elements.empty()) return {};
    bytes_.resize((bytes_.size() + 7) & ~size_t{7});
    const abi::ArrayRef<T> ref{offset(), static_cast<uint32_t>(elements.size())};
    append(elements.data(), elements.size() * sizeof(T));
    return ref;
  }

  abi::StringRef string(std::string_view text) {
    if (text.empty()) return {};
    const auto [known, is_new] = strings_.try_emplace(llvm::StringRef(text.data(), text.size()), offset());
    if (is_new) append(text.data(), text.size());
    return {known->second, static_cast<uint32_t>(text.size())};
  }

  abi::ArrayRef<abi::StringRef> strings(const std::vector<std::string>& texts) {
    std::vector<abi::StringRef> refs;
    for (const std::string& text : texts) refs.push_back(string(text));
    return array(refs);
  }

  std::vector<uint8_t> finish(abi::Metadata header) {
    bytes_.resize((bytes_.size() + 15) & ~size_t{15});
    header.size = offset();
    static_assert(std::has_unique_object_representations_v<abi::Metadata>);
    std::memcpy(bytes_.data(), &header, sizeof header);
    return std::move(bytes_);
  }

 private:
  uint32_t offset() const {
    assert(bytes_.size() <= std::numeric_limits<uint32_t>::max() && "the front end limits the module's size");
    return static_cast<uint32_t>(bytes_.size());
  }

  void append(const void* data, size_t size) {
    const auto* first = static_cast<const uint8_t*>(data);
    bytes_.insert(bytes_.end(), first, first + size);
  }

  std::vector<uint8_t> bytes_;
  llvm::StringMap<uint32_t> strings_;  // offset of each
};

abi::ArrayRef<abi::TypeEntry> writeTypes(Block& block, const Module& module) {
  std::vector<abi::TypeEntry> entries;
  for (const FuncType& type : module.types) {
    entries.push_back({.native_compatible = nativeCompatible(type),
                       .params = block.array(type.params),
                       .results = block.array(type.results)});
  }
  return block.array(entries);
}

abi::ArrayRef<abi::ImportEntry> writeImports(Block& block, const Module& module) {
  std::vector<abi::ImportEntry> entries;
  for (const Import& i : module.imports) {
    entries.push_back({block.string(i.module), block.string(i.name), i.kind, i.index});
  }
  return block.array(entries);
}

abi::ArrayRef<abi::ExportEntry> writeExports(Block& block, const Module& module) {
  std::vector<abi::ExportEntry> entries;
  for (const Export& e : module.exports) entries.push_back({block.string(e.name), e.kind, e.index});
  return block.array(entries);
}

abi::ArrayRef<abi::FunctionEntry> writeFunctions(Block& block, const Module& module) {
  const std::vector<uint32_t> func_refs = numberFuncRefs(module);
  std::vector<abi::FunctionEntry> entries;
  entries.reserve(module.functions.size());
  for (size_t i = 0; i < module.functions.size(); ++i) {
    const Function& f = module.functions[i];
    entries.push_back(
        {f.type, func_refs[i], block.string(f.name), static_cast<uint32_t>(f.body_offset), f.body_size});
  }
  return block.array(entries);
}

abi::ArrayRef<abi::TableEntryInit> writeTables(Block& block, const Module& module) {
  std::vector<abi::TableEntryInit> entries;
  for (const Table& t : module.tables) entries.push_back({t.type, block.array(t.init)});
  return block.array(entries);
}

abi::ArrayRef<abi::MemoryType> writeMemories(Block& block, const Module& module) {
  std::vector<abi::MemoryType> entries;
  for (const Memory& m : module.memories) entries.push_back(m.type);
  return block.array(entries);
}

abi::ArrayRef<abi::GlobalEntry> writeGlobals(Block& block, const Module& module) {
  std::vector<abi::GlobalEntry> entries;
  for (const Global& g : module.globals) entries.push_back({g.type, block.array(g.init)});
  return block.array(entries);
}

abi::ArrayRef<uint32_t> writeTags(Block& block, const Module& module) {
  std::vector<uint32_t> types;
  for (const Tag& tag : module.tags) types.push_back(tag.type);
  return block.array(types);
}

abi::ArrayRef<abi::DataSegment> writeDataSegments(Block& block, const Module& module,
                                                  const MemoryImage& image) {
  std::vector<abi::DataSegment> entries;
  for (size_t i = 0; i < module.data_segments.size(); ++i) {
    const DataSegment& s = module.data_segments[i];
    const SegmentPlacement& p = image.placements[i];
    entries.push_back({.mode = s.mode,
                       .memory = s.memory,
                       .offset = block.array(s.offset),
                       .data = p.data,
                       .size = s.bytes.size(),
                       .in_image = p.in_image});
  }
  return block.array(entries);
}

// The function that the element refers to, kNone for null; nothing for any other expression.
std::optional<uint32_t> plainElement(const ConstExpr& element) {
  using Op = abi::ConstInstr::Op;
  if (element.size() != 1) return std::nullopt;
  if (element[0].op == Op::RefFunc) return element[0].index;
  if (element[0].op == Op::RefNull) return abi::kNone;
  return std::nullopt;
}

abi::ArrayRef<abi::ElemSegment> writeElemSegments(Block& block, const Module& module) {
  std::vector<abi::ElemSegment> entries;
  for (const ElemSegment& s : module.elem_segments) {
    abi::ElemSegment entry;
    entry.mode = s.mode;
    entry.table = s.table;
    entry.type = s.type;
    entry.offset = block.array(s.offset);
    std::vector<uint32_t> functions;
    for (const ConstExpr& element : s.elements) {
      const std::optional<uint32_t> function = plainElement(element);
      if (!function) break;
      functions.push_back(*function);
    }
    if (functions.size() == s.elements.size()) {
      entry.functions = block.array(functions);
    } else {
      std::vector<abi::ConstExpr> exprs;
      for (const ConstExpr& element : s.elements) exprs.push_back(block.array(element));
      entry.exprs = block.array(exprs);
    }
    entries.push_back(entry);
  }
  return block.array(entries);
}

abi::ArrayRef<abi::CustomSection> writeCustomSections(Block& block,
                                                      const std::vector<CustomSection>& sections) {
  std::vector<abi::CustomSection> entries;
  for (const CustomSection& s : sections) {
    const std::string_view bytes(reinterpret_cast<const char*>(s.bytes.data()), s.bytes.size());
    entries.push_back({block.string(s.name), block.string(bytes)});
  }
  return block.array(entries);
}

}  // namespace

std::vector<uint8_t> writeMetadata(const Module& module, const ArtifactInfo& info, const MemoryImage& image) {
  Block block;
  abi::Metadata header;
  header.fingerprint = abi::kFingerprint;
  const auto hash = llvm::SHA256::hash(llvm::ArrayRef(module.bytes.data(), module.bytes.size()));
  std::ranges::copy(hash, header.source_sha256);
  header.compiler = block.string(info.compiler);
  header.target = block.string(info.target);
  header.cpu = block.string(info.cpu);
  header.options = block.string(info.options);
  header.module_name = block.string(module.name);
  header.cpu_features = block.strings(info.cpu_features);
  header.wasm_features = block.strings(module.features_used);
  header.counts = instanceCounts(module);
  header.types = writeTypes(block, module);
  header.imports = writeImports(block, module);
  header.exports = writeExports(block, module);
  header.functions = writeFunctions(block, module);
  header.tables = writeTables(block, module);
  header.memories = writeMemories(block, module);
  header.globals = writeGlobals(block, module);
  header.tags = writeTags(block, module);
  header.data_segments = writeDataSegments(block, module, image);
  header.elem_segments = writeElemSegments(block, module);
  header.image_runs = block.array(image.runs);
  header.custom_sections = writeCustomSections(block, info.custom_sections);
  header.image_size = image.pages.size();
  header.segment_data_size = image.segment_data.size();
  header.start_function = module.start.value_or(abi::kNone);
  header.imported_functions = module.imported_functions;
  header.modes = info.modes;
  return block.finish(header);
}

}  // namespace wasmc::compiler
