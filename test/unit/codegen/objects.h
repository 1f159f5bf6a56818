// Machine code from LLVM IR in text form, for tests of what comes after.
#ifndef WASMC_TEST_UNIT_CODEGEN_OBJECTS_H
#define WASMC_TEST_UNIT_CODEGEN_OBJECTS_H

#include "codegen/codegen.h"

#include <string>

namespace wasmc::compiler::test {

Target hostTarget(OptLevel level = OptLevel::O2);

// Optimises and compiles a module.
Result<Bytes> objectOf(const std::string& ir, const Target& target);

// A definition of the descriptor that refers to the address map, and of nothing else.
extern const char* const kRoot;

}  // namespace wasmc::compiler::test

#endif  // WASMC_TEST_UNIT_CODEGEN_OBJECTS_H
