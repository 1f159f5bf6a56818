// From a file, bytes or a descriptor to an Artifact.
#ifndef WASMC_LOADER_H
#define WASMC_LOADER_H

#include <wasmc/abi/descriptor.h>
#include <wasmc/result.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "os.h"

namespace wasmc::detail {

class Artifact;

using ArtifactPtr = std::shared_ptr<const Artifact>;

// Each returns the artifact that exists already where the same file (or descriptor) is loaded.
Result<ArtifactPtr> loadFile(os::Fd file, const std::string& label);
Result<ArtifactPtr> loadBytes(std::span<const uint8_t> bytes);
Result<ArtifactPtr> loadDescriptor(const abi::Descriptor* descriptor);

// Checks a file's bytes as loadFile does before it maps any of them executable.
Result<void> checkArtifactFile(std::span<const uint8_t> bytes, const std::string& label);

}  // namespace wasmc::detail

#endif  // WASMC_LOADER_H
