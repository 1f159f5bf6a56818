// The name section.
#ifndef WASMC_COMPILER_FRONTEND_NAMES_H
#define WASMC_COMPILER_FRONTEND_NAMES_H

#include "frontend/module.h"

namespace wasmc::compiler {

// Fills in the names of the module and its functions: from the name section, else from the exports. A name
// section is only a hint: what is wrong in it is left out, and never an error.
void readNames(Module& module);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_FRONTEND_NAMES_H
