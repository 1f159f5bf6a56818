// The language-specific data area that the compiler writes for a function which catches exceptions.
#ifndef WASMC_LSDA_H
#define WASMC_LSDA_H

#include <cstdint>

namespace wasmc::detail {

// Where an exception goes on that leaves the call at `pc` in the function that starts at `start`; 0 if it
// leaves the function. Every landing pad of guest code takes every exception, so types and actions are of no
// interest. The area, which may be null, is the artifact's, and as trustworthy as its code.
uintptr_t landingPad(const uint8_t* lsda, uintptr_t start, uintptr_t pc);

}  // namespace wasmc::detail

#endif  // WASMC_LSDA_H
