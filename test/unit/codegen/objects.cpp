#include "objects.h"

#include <gtest/gtest.h>
#include <llvm/AsmParser/Parser.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>
#include <llvm/Support/SourceMgr.h>
#include <llvm/Target/TargetMachine.h>

namespace wasmc::compiler::test {

const char* const kRoot = R"(
  @wasmc.address_map = external hidden constant i8
  @wasmc_module = protected constant i32 trunc (i64 sub (
    i64 ptrtoint (ptr @wasmc.address_map to i64), i64 ptrtoint (ptr @wasmc_module to i64)) to i32)
)";

Target hostTarget(OptLevel level) {
  auto target = Target::create({"", "", level});
  if (!target) {
    ADD_FAILURE() << target.error().message;
    std::abort();
  }
  return std::move(*target);
}

Result<Bytes> objectOf(const std::string& ir, const Target& target) {
  llvm::LLVMContext context;
  llvm::SMDiagnostic problem;
  const std::unique_ptr<llvm::Module> module = llvm::parseAssemblyString(ir, problem, context);
  if (!module) return error("the test's IR: " + problem.getMessage().str());
  const std::unique_ptr<llvm::TargetMachine> machine = target.machine();
  module->setTargetTriple(machine->getTargetTriple());
  module->setDataLayout(machine->createDataLayout());
  Notes notes;
  optimise(*module, *machine, OptLevel::O2, /*vectorise=*/true, notes);
  return emitObject(*module, *machine);
}

}  // namespace wasmc::compiler::test
