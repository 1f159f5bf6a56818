#include "lower/finish.h"
#include "lower/handlers.h"
#include "lower/late_code.h"

#include <llvm/IR/Verifier.h>
#include <llvm/Support/raw_ostream.h>

#include <optional>

namespace wasmc::compiler {
namespace {

class BodyLowering : public FunctionVisitor {
 public:
  explicit BodyLowering(ModuleContext& module) : module_(module) {}

  void begin(uint32_t function, std::span<const LocalRun> locals) override {
    context_.emplace(module_, function, locals);
  }

  void instruction(const Instr& instr) override {
    context_->locate(instr);
    context_->fuel().count(instr.op);
    lowerInstruction(*context_, instr);
    context_->fuel().lowered(instr.op);
  }

  void end(uint64_t offset, bool reachable) override {
    context_->finish(offset, reachable);
    llvm::Function& function = context_->function();
    context_.reset();
    promoteLocals(function);
    quietNans(function);
  }

 private:
  ModuleContext& module_;
  std::optional<FunctionContext> context_;
};

}  // namespace

std::unique_ptr<llvm::Module> lowerFunctions(const Module& module, Unit unit, const LowerOptions& options,
                                             llvm::LLVMContext& context, const llvm::Triple& triple,
                                             const llvm::DataLayout& layout) {
  auto target = std::make_unique<llvm::Module>("wasm", context);
  target->setTargetTriple(triple);
  target->setDataLayout(layout);

  const bool only_unit = unit.count == module.functions.size() - module.imported_functions;
  ModuleContext shared(module, options, only_unit, *target);
  BodyLowering visitor(shared);
  visitFunctions(module, options.features, unit.first, unit.count, visitor);
  if (options.bounds == BoundsChecks::Guard) pinDroppedLoads(shared);
  lowerLateCode(shared);
  shared.finish();
#ifndef NDEBUG
  if (llvm::verifyModule(*target, &llvm::errs()))
    llvm::report_fatal_error("internal error: lowering made invalid IR");
#endif
  return target;
}

}  // namespace wasmc::compiler
