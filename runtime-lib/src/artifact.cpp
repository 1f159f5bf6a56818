#include "artifact.h"

#include <dlfcn.h>
#include <wasmc/abi/leb_reader.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <numeric>

#include "code_registry.h"
#include "type_registry.h"
#include "unwinding.h"

namespace wasmc::detail {
namespace {

FuncType funcTypeOf(const abi::MetadataView& meta, const abi::TypeEntry& entry) {
  const std::span<const ValType> params = meta.array(entry.params);
  const std::span<const ValType> results = meta.array(entry.results);
  return {{params.begin(), params.end()}, {results.begin(), results.end()}};
}

}  // namespace

ArtifactSource::ArtifactSource(ArtifactSource&& other) noexcept
    : library(std::exchange(other.library, nullptr)),
      file(std::move(other.file)),
      image_in_file(other.image_in_file),
      label(std::move(other.label)) {}

ArtifactSource::~ArtifactSource() {
  // Before `file` closes: the loader may know the library by that descriptor's number.
  if (library) dlclose(library);
}

Artifact::Artifact(const abi::Descriptor* descriptor, ArtifactSource source)
    : descriptor_(descriptor), source_(std::move(source)) {
  meta_ = abi::MetadataView(
      {static_cast<const uint8_t*>(relative(descriptor->metadata)), descriptor->metadata_size});
}

Result<std::unique_ptr<const Artifact>> Artifact::create(const abi::Descriptor* descriptor,
                                                         ArtifactSource source) {
  auto artifact = std::make_unique<Artifact>(descriptor, std::move(source));
  if (Result<void> checked = artifact->checkDescriptor(); !checked)
    return std::unexpected(std::move(checked).error());
  artifact->internTypes();
  artifact->fillLibCalls();
  artifact->registerCode();
  artifact->exports_by_name_.resize(artifact->meta_.exports().size());
  std::iota(artifact->exports_by_name_.begin(), artifact->exports_by_name_.end(), 0);
  const auto nameOf = [&meta = artifact->meta_](uint32_t i) { return meta.string(meta.exports()[i].name); };
  std::sort(artifact->exports_by_name_.begin(), artifact->exports_by_name_.end(),
            [&](uint32_t a, uint32_t b) { return nameOf(a) < nameOf(b); });
  return artifact;
}

Artifact::~Artifact() { CodeRegistry::global().remove(*this); }

Result<void> Artifact::checkDescriptor() const {
  const abi::Descriptor& d = *descriptor_;
  const auto damaged = [&](const char* what) {
    return error(ErrorCode::Format, "'" + source_.label + "': damaged artifact: " + what);
  };
  if (meta_->counts.func_refs > 0 && !d.func_refs) return damaged("the descriptor has no func_refs");
  if (meta_->image_size > 0 && !d.memory_image) return damaged("the descriptor has no memory image");
  if (meta_->segment_data_size > 0 && !d.segment_data) return damaged("the descriptor has no segment data");
  if (!d.lib_calls) return damaged("the descriptor has no library calls");
  for (const abi::ImportEntry& import : meta_.imports()) {
    if (import.kind != ExternKind::Func) continue;
    const uint32_t type = meta_.functions()[import.index].type;
    if (!meta_.types()[type].native_compatible && !adapter(type))
      return damaged("the type of an imported function has no adapter");
  }
  if (!d.address_map) return damaged("it has no address map");
  return {};
}

void Artifact::internTypes() {
  type_ids_.reserve(meta_.types().size());
  for (const abi::TypeEntry& entry : meta_.types())
    type_ids_.push_back(TypeRegistry::global().intern(funcTypeOf(meta_, entry)));
}

void Artifact::fillLibCalls() const {
  auto* calls = static_cast<abi::LibCalls*>(relative(descriptor_->lib_calls));
  calls->memcpy = std::memcpy;
  calls->memmove = std::memmove;
  calls->memset = std::memset;
  calls->personality = reinterpret_cast<void*>(&wasmc_guest_personality);
}

void Artifact::registerCode() {
  const auto* map = static_cast<const abi::AddressMap*>(relative(descriptor_->address_map));
  const auto* entries = reinterpret_cast<const abi::AddressMapFunction*>(map + 1);
  const auto* inlines = reinterpret_cast<const abi::AddressMapInline*>(entries + map->function_count);
  inlines_ = {inlines, map->inline_count};
  lines_ = {reinterpret_cast<const uint8_t*>(inlines + map->inline_count), map->lines_size};
  functions_.reserve(map->function_count);
  for (uint32_t i = 0; i < map->function_count; ++i) functions_.push_back(&entries[i]);
  const auto by_address = [](const auto* a, const auto* b) { return codeStart(*a) < codeStart(*b); };
  if (!std::is_sorted(functions_.begin(), functions_.end(), by_address))
    std::sort(functions_.begin(), functions_.end(), by_address);
  if (functions_.empty()) return;
  CodeRegistry::global().add(codeStart(*functions_.front()),
                             codeStart(*functions_.back()) + functions_.back()->size, *this);
}

std::optional<uint32_t> Artifact::findType(uint32_t type_id) const {
  const auto found = std::find(type_ids_.begin(), type_ids_.end(), type_id);
  if (found == type_ids_.end()) return std::nullopt;
  return static_cast<uint32_t>(found - type_ids_.begin());
}

std::span<const uint8_t> Artifact::segmentData(const abi::DataSegment& segment) const {
  if (segment.size == 0) return {};
  return {static_cast<const uint8_t*>(relative(descriptor_->segment_data)) + segment.data,
          static_cast<size_t>(segment.size)};
}

bool Artifact::uses(std::string_view feature) const {
  const std::span<const abi::StringRef> used = meta_.array(meta_->wasm_features);
  return std::ranges::any_of(used, [&](abi::StringRef name) { return meta_.string(name) == feature; });
}

Result<std::vector<uint8_t>> Artifact::readFile() const {
  if (!source_.file)
    return error(ErrorCode::Unsupported, "a module that is linked into the program has no bytes of its own");
  os::FileView view;
  const std::optional<size_t> size = os::fileSize(source_.file.get());
  if (!size || !os::FileView::map(source_.file.get(), *size, view))
    return error(ErrorCode::Io, "'" + source_.label + "': cannot be mapped: " + os::errorText(errno));
  return std::vector<uint8_t>(view.bytes().begin(), view.bytes().end());
}

uint32_t Artifact::findExport(std::string_view name) const {
  const auto nameOf = [this](uint32_t i) { return meta_.string(meta_.exports()[i].name); };
  const auto found = std::lower_bound(exports_by_name_.begin(), exports_by_name_.end(), name,
                                      [&](uint32_t i, std::string_view n) { return nameOf(i) < n; });
  return found != exports_by_name_.end() && nameOf(*found) == name ? *found : abi::kNone;
}

const abi::AddressMapFunction* Artifact::findCode(uintptr_t pc) const {
  const auto after =
      std::upper_bound(functions_.begin(), functions_.end(), pc,
                       [](uintptr_t at, const abi::AddressMapFunction* f) { return at < codeStart(*f); });
  if (after == functions_.begin()) return nullptr;
  const abi::AddressMapFunction* f = *(after - 1);
  return pc - codeStart(*f) < f->size ? f : nullptr;
}

Artifact::CodeLine Artifact::findLine(const abi::AddressMapFunction& function, uintptr_t pc) const {
  CodeLine found;
  if (function.lines > lines_.size()) return found;
  abi::LebReader reader(lines_.data() + function.lines, lines_.data() + lines_.size());
  uintptr_t address = codeStart(function);
  uint64_t offset = 0;
  uint64_t inlining = 0;
  for (uint32_t i = 0; i < function.lines_count; ++i) {
    const uint64_t step = reader.unsignedNumber();
    address += step >> 1;
    offset += static_cast<uint64_t>(reader.signedNumber());
    if (step & 1) inlining = reader.unsignedNumber();
    if (address > pc || reader.failed()) break;
    found = {offset, static_cast<uint32_t>(inlining)};
  }
  return found;
}

std::vector<abi::SourcePosition> Artifact::sourcePositions(uint64_t wasm_offset) const {
  if (!descriptor_->source_map) return {};
  return abi::SourceMapReader::at(relative(descriptor_->source_map)).positions(wasm_offset);
}

std::vector<uint64_t> Artifact::wasmOffsets(const abi::AddressMapFunction& function, uintptr_t pc) const {
  const CodeLine line = findLine(function, pc);
  std::vector<uint64_t> offsets;
  if (line.offset) offsets.push_back(*line.offset);
  // An inlining's parent comes before it, so a damaged map has no cycles either.
  for (uint32_t i = line.inlining; i > 0 && i <= inlines_.size();) {
    offsets.push_back(inlines_[i - 1].call_offset);
    const uint32_t parent = inlines_[i - 1].parent;
    i = parent < i ? parent : 0;
  }
  return offsets;
}

}  // namespace wasmc::detail
