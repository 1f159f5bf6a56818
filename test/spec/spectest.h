// The host module `spectest` that the suite's scripts import from.
#ifndef WASMC_TEST_SPEC_SPECTEST_H
#define WASMC_TEST_SPEC_SPECTEST_H

#include <wasmc/wasmc.h>

namespace wasmc::spec {

Result<void> defineSpectest(Linker& linker, StoreRef store);

}  // namespace wasmc::spec

#endif  // WASMC_TEST_SPEC_SPECTEST_H
