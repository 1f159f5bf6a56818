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

namespace wasmc::inspect {

using Json = nlohmann::ordered_json;

Json describeModule(const compiler::Module& module);

// The error says why it is none, or none that this version can read.
std::expected<Json, std::string> describeArtifact(const ElfFile& file);

// For people. Names are quoted where they hold more than printable ASCII.
std::string toText(const Json& description);

// A page that needs nothing but itself.
std::string toHtml(const Json& description);

}  // namespace wasmc::inspect

#endif  // WASMC_TOOLS_WASMINSPECT_DESCRIBE_H
