// What a Module points to.
#ifndef WASMC_MODULE_IMPL_H
#define WASMC_MODULE_IMPL_H

#include <wasmc/engine.h>
#include <wasmc/result.h>
#include <wasmc/types.h>

#include "loader.h"

namespace wasmc::detail {

class ModuleImpl {
 public:
  ModuleImpl(const Engine& e, ArtifactPtr a) : engine(e), artifact(std::move(a)) {}

  const FuncType& funcType(uint32_t type) const;
  // The declared type of something in the module's index spaces.
  ExternType typeOf(ExternKind kind, uint32_t index) const;

  const Engine engine;
  const ArtifactPtr artifact;
};

// ErrorCode::Unsupported if the artifact needs what the engine's options turn off.
Result<void> checkEngine(const Engine& engine, const Artifact& artifact);

Limits toLimits(const abi::Limits& limits);
GlobalType toGlobalType(const abi::GlobalType& type);
TableType toTableType(const abi::TableType& type);

}  // namespace wasmc::detail

#endif  // WASMC_MODULE_IMPL_H
