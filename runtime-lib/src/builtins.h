// The functions that generated code calls: one for each row of builtins.def.
#ifndef WASMC_BUILTINS_H
#define WASMC_BUILTINS_H

#include <wasmc/abi/layout.h>

namespace wasmc::detail {

// What InstanceHeader::builtins points to.
extern const abi::Builtins kBuiltins;

}  // namespace wasmc::detail

#endif  // WASMC_BUILTINS_H
