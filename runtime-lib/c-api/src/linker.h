// The linker of the C API.
#ifndef WASMC_C_LINKER_H
#define WASMC_C_LINKER_H

#include <wasmc.h>

#include <vector>

#include "objects.h"

struct wasmc_linker_t {
  wasmc::Linker linker;
  std::vector<wasmc::capi::StoreHold> stores;  // of what is defined
};

namespace wasmc::capi {

StoreLimits limitsOf(const wasmc_limits_t& limits);

}  // namespace wasmc::capi

#endif  // WASMC_C_LINKER_H
