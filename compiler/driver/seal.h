// The digest by which the loader knows that an artifact is whole.
#ifndef WASMC_COMPILER_DRIVER_SEAL_H
#define WASMC_COMPILER_DRIVER_SEAL_H

#include "codegen/codegen.h"

namespace wasmc::compiler {

// Fills in abi::Metadata::file_digest of a linked shared object. It finds damage, not forgery.
Result<void> seal(Bytes& shared_object);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_DRIVER_SEAL_H
