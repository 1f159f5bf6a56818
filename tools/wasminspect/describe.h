// A module or an artifact as a JSON document; the text output is printed from it, too, so that both say the
// same.
#ifndef WASMC_TOOLS_WASMINSPECT_DESCRIBE_H
#define WASMC_TOOLS_WASMINSPECT_DESCRIBE_H

#include "elf.h"
#include "frontend/module.h"

#include <wasmc/abi/metadata_reader.h>

#include <expected>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace wasmc::inspect {

using Json = nlohmann::ordered_json;

Json describeModule(const compiler::Module& module);

// An artifact's metadata where its structs may be read: the file's bytes can lie at any address.
class ArtifactMetadata {
 public:
  ArtifactMetadata(std::vector<uint64_t> words, size_t size)
      : words_(std::move(words)), view_({reinterpret_cast<const uint8_t*>(words_.data()), size}) {}
  ArtifactMetadata(ArtifactMetadata&&) = default;
  ArtifactMetadata& operator=(ArtifactMetadata&&) = default;
  const abi::MetadataView& view() const { return view_; }

 private:
  std::vector<uint64_t> words_;
  abi::MetadataView view_;
};

// The error says why there is none, or none that this version can read.
std::expected<ArtifactMetadata, std::string> readMetadata(const ElfFile& file);
std::expected<Json, std::string> describeArtifact(const ElfFile& file);

// For people. Names are quoted where they hold more than printable ASCII.
std::string toText(const Json& description);

// A page that needs nothing but itself.
std::string toHtml(const Json& description);

}  // namespace wasmc::inspect

#endif  // WASMC_TOOLS_WASMINSPECT_DESCRIBE_H
