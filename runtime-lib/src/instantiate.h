// Making instances.
#ifndef WASMC_INSTANTIATE_H
#define WASMC_INSTANTIATE_H

#include <wasmc/result.h>

#include <memory>
#include <vector>

#include "resolve.h"

namespace wasmc::detail {

class InstanceImpl;

// Follows the specification's order: globals, tables and memories, active element segments, active data
// segments, start function. `imports` are in the module's order and of matching types.
Result<InstanceImpl*> instantiate(StoreImpl& store, const std::shared_ptr<ModuleImpl>& module,
                                  const std::vector<const Definition*>& imports);

// All of it but the start function.
Result<InstanceImpl*> instantiateStopped(StoreImpl& store, const std::shared_ptr<ModuleImpl>& module,
                                         const std::vector<const Definition*>& imports);

}  // namespace wasmc::detail

#endif  // WASMC_INSTANTIATE_H
