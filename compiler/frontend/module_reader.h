// Everything of a module but its function bodies, decoded by wabt and validated here.
#ifndef WASMC_COMPILER_FRONTEND_MODULE_READER_H
#define WASMC_COMPILER_FRONTEND_MODULE_READER_H

#include "frontend/feature_gate.h"
#include "frontend/module.h"
#include "frontend/sections.h"

#include <optional>

namespace wasmc::compiler {

// Fills in `module`, whose `bytes` are set. Returns what is wrong.
std::optional<Diagnostic> readOutline(Module& module, const SectionTable& sections, FeatureGate& gate);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_FRONTEND_MODULE_READER_H
