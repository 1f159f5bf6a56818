// The caller's options, checked and resolved.
#ifndef WASMC_COMPILER_DRIVER_SETTINGS_H
#define WASMC_COMPILER_DRIVER_SETTINGS_H

#include "codegen/codegen.h"
#include "frontend/features.h"
#include "header/header.h"
#include "lower/lower.h"
#include "support/diagnostic.h"
#include "wasmc/compiler.h"

namespace wasmc::compiler {

struct Settings {
  OutputKind output;
  OptLevel level;
  unsigned threads;
  bool verify;
  DebugInfo debug;
  Target target;
  LowerOptions lower;
};

Result<FeatureSet> resolveFeatures(const CompileOptions& options);
Result<Settings> resolveSettings(const CompileOptions& options);

HeaderInfo headerInfo(const CompileOptions& options, const Module& module);

// See compiler.h.
std::string describe(const CompileOptions& options, const Settings& settings);

// What the descriptor says of this compilation.
ArtifactInfo artifactInfo(const CompileOptions& options, const Settings& settings, const Module& module);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_DRIVER_SETTINGS_H
