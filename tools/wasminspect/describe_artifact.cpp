#include "code_map.h"
#include "contents.h"

#include <wasmc/abi/fingerprint.h>

#include <cstring>

namespace wasmc::inspect {
namespace {

class ArtifactSource {
 public:
  ArtifactSource(const abi::MetadataView& view, const CodeMap& code) : view_(view), code_(code) {}

  auto types() const { return view_.types(); }
  auto imports() const { return view_.imports(); }
  auto exports() const { return view_.exports(); }
  auto functions() const { return view_.functions(); }
  auto tables() const { return view_.tables(); }
  auto memories() const { return view_.memories(); }
  auto globals() const { return view_.globals(); }
  auto tags() const { return view_.tags(); }
  auto dataSegments() const { return view_.dataSegments(); }
  auto elemSegments() const { return view_.elemSegments(); }
  std::optional<uint32_t> start() const {
    return view_->start_function == abi::kNone ? std::nullopt : std::optional(view_->start_function);
  }
  uint32_t importedFunctions() const { return view_->imported_functions; }

  std::string_view text(abi::StringRef s) const { return view_.string(s); }
  template <typename T>
  std::span<const T> array(abi::ArrayRef<T> list) const {
    return view_.array(list);
  }
  const abi::Limits& memoryLimits(uint32_t i) const { return view_.memories()[i].limits; }
  uint32_t tagType(uint32_t i) const { return view_.tags()[i]; }
  std::optional<uint64_t> codeSize(uint32_t function) const { return code_.codeSize(function); }
  uint64_t dataSize(const abi::DataSegment& s) const { return s.size; }
  uint64_t elementCount(const abi::ElemSegment& s) const {
    return uint64_t{s.functions.count} + s.exprs.count;
  }

 private:
  const abi::MetadataView& view_;
  const CodeMap& code_;
};

std::string hex(uint64_t number) {
  char text[20];
  std::snprintf(text, sizeof text, "0x%016llx", static_cast<unsigned long long>(number));
  return text;
}

std::string hex(std::span<const uint8_t> bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (uint8_t byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

Json strings(const abi::MetadataView& view, abi::ArrayRef<abi::StringRef> list) {
  Json all = Json::array();
  for (abi::StringRef s : view.array(list)) all.push_back(view.string(s));
  return all;
}

// The block where its structs may be read: the file's bytes can lie at any address.
std::vector<uint64_t> aligned(std::span<const uint8_t> bytes) {
  std::vector<uint64_t> words((bytes.size() + 7) / 8);
  if (!bytes.empty()) std::memcpy(words.data(), bytes.data(), bytes.size());
  return words;
}

// Says more about a block of another version than validateMetadata can.
std::string explain(std::span<const uint8_t> block, const char* problem) {
  if (block.size() < sizeof(abi::Metadata)) return problem;
  const auto& header = *reinterpret_cast<const abi::Metadata*>(block.data());
  if (header.magic != abi::kMetadataMagic) return problem;
  if (header.abi_version == abi::kAbiVersion && header.fingerprint == abi::kFingerprint) return problem;
  return "made for ABI version " + std::to_string(header.abi_version) + ", fingerprint " +
         hex(header.fingerprint) + "; this wasminspect reads version " + std::to_string(abi::kAbiVersion) +
         ", fingerprint " + hex(abi::kFingerprint) +
         ": use the one that came with the compiler, or compile the module again";
}

void addCompilation(const ElfFile& file, const abi::MetadataView& view, Json& out) {
  out["kind"] = file.type;
  out["name"] = view.string(view->module_name);
  out["machine"] = file.machine;
  out["target"] = view.string(view->target);
  out["cpu"] = view.string(view->cpu);
  out["cpu_features"] = strings(view, view->cpu_features);
  out["compiler"] = view.string(view->compiler);
  out["options"] = view.string(view->options);
  out["modes"] = Json::array();
#define WASMC_MODE(Name, bit, option, meaning) \
  if (view->modes & abi::kMode##Name) out["modes"].push_back(option);
#include <wasmc/abi/modes.def>
  out["abi_version"] = view->abi_version;
  out["abi_fingerprint"] = hex(view->fingerprint);
  out["source_sha256"] = hex(view->source_sha256);
  out["symbols"] = file.exports;
  out["wasm_features"] = strings(view, view->wasm_features);
}

void addFileParts(const ElfFile& file, const abi::MetadataView& view, Json& out) {
  out["memory_image"] = {{"size", view->image_size}, {"runs", Json::array()}};
  for (const abi::ImageRun& run : view.imageRuns()) {
    out["memory_image"]["runs"].push_back({{"memory_offset", run.memory_offset}, {"size", run.size}});
  }
  out["custom_sections"] = Json::array();
  for (const abi::CustomSection& s : view.customSections())
    out["custom_sections"].push_back({{"name", view.string(s.name)}, {"size", s.bytes.count}});
  out["sections"] = Json::array();
  for (const ElfSection& s : file.sections) {
    if (s.loaded) out["sections"].push_back({{"name", s.name}, {"size", s.size}});
  }
}

}  // namespace

std::expected<ArtifactMetadata, std::string> readMetadata(const ElfFile& file) {
  const ElfSection* section = file.section(abi::kMetadataSection);
  if (!section) {
    return std::unexpected("an ELF " + file.type + " without the section " + abi::kMetadataSection +
                           ": expected one that wasmc made");
  }
  std::vector<uint64_t> words = aligned(section->bytes);
  const std::span block(reinterpret_cast<const uint8_t*>(words.data()), section->bytes.size());
  if (const char* problem = abi::validateMetadata(block)) return std::unexpected(explain(block, problem));
  return ArtifactMetadata(std::move(words), section->bytes.size());
}

std::expected<Json, std::string> describeArtifact(const ElfFile& file) {
  const auto metadata = readMetadata(file);
  if (!metadata) return std::unexpected(metadata.error());
  const abi::MetadataView& view = metadata->view();
  Json out;
  addCompilation(file, view, out);
  const CodeMap code(file);
  Contents(ArtifactSource(view, code)).addTo(out);
  addFileParts(file, view, out);
  return out;
}

}  // namespace wasmc::inspect
