// One optimised module -> machine code, as an ELF object or as assembly text.

#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/SmallVector.h>
#include <llvm/Analysis/TargetLibraryInfo.h>
#include <llvm/IR/DiagnosticInfo.h>
#include <llvm/IR/DiagnosticPrinter.h>
#include <llvm/IR/InstrTypes.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/LegacyPassManager.h>
#include <llvm/IR/Module.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/Target/TargetMachine.h>

#include "codegen/codegen.h"

namespace wasmc::compiler {
namespace {

// Collects the errors of the code generator, which would end the process otherwise.
class ErrorCollector : public llvm::DiagnosticHandler {
 public:
  explicit ErrorCollector(std::string& errors) : errors_(errors) {}

  bool handleDiagnostics(const llvm::DiagnosticInfo& info) override {
    // Functions have a limit where they check the stack themselves: then a larger frame would be a way past
    // it.
    const bool too_large = info.getKind() == llvm::DK_StackSize;
    if (info.getSeverity() != llvm::DS_Error && !too_large) return true;
    llvm::raw_string_ostream out(errors_);
    if (!errors_.empty()) out << "; ";
    llvm::DiagnosticPrinterRawOStream printer(out);
    info.print(printer);
    return true;
  }

 private:
  std::string& errors_;
};

// All code goes to one section in source order: the address map relies on it. Without this LLVM moves what it
// believes to be cold to `.text.unlikely`, and a program's linker may put that anywhere.
void placeInText(llvm::Module& module) {
  for (llvm::Function& f : module)
    if (!f.isDeclaration()) f.setSection(".text");
}

// A value that the calls of one block pass 65,536 times and more keeps LLVM's selection of instructions busy
// for hours. What no program has, but a hostile one, is compiled as without optimisation.
bool passesOneValueTooOften(const llvm::BasicBlock& block) {
  constexpr size_t kMost = 20'000;
  llvm::DenseMap<const llvm::Value*, size_t> passed;
  for (const llvm::Instruction& i : block)
    if (const auto* call = llvm::dyn_cast<llvm::CallBase>(&i))
      for (const llvm::Use& argument : call->args())
        if (++passed[argument] > kMost) return true;
  return false;
}

void boundEffort(llvm::Module& module) {
  for (llvm::Function& f : module) {
    if (llvm::none_of(f, passesOneValueTooOften)) continue;
    f.removeFnAttr(llvm::Attribute::OptimizeForSize);
    f.removeFnAttr(llvm::Attribute::MinSize);
    f.addFnAttr(llvm::Attribute::OptimizeNone);
    f.addFnAttr(llvm::Attribute::NoInline);
  }
}

Result<llvm::SmallVector<char, 0>> emit(llvm::Module& module, llvm::TargetMachine& machine,
                                        llvm::CodeGenFileType type) {
  placeInText(module);
  boundEffort(module);
  std::string errors;
  llvm::LLVMContext& context = module.getContext();
  std::unique_ptr<llvm::DiagnosticHandler> previous = context.getDiagnosticHandler();
  context.setDiagnosticHandler(std::make_unique<ErrorCollector>(errors));

  llvm::SmallVector<char, 0> bytes;
  {
    llvm::raw_svector_ostream out(bytes);
    llvm::legacy::PassManager passes;
    llvm::TargetLibraryInfoImpl library(machine.getTargetTriple());
    library.disableAllFunctions();
    passes.add(new llvm::TargetLibraryInfoWrapperPass(library));
    if (machine.addPassesToEmitFile(passes, out, nullptr, type))
      errors = "this target cannot write that kind of file";
    else
      passes.run(module);
  }
  context.setDiagnosticHandler(std::move(previous));
  if (!errors.empty()) return error("code generation failed: " + errors);
  return bytes;
}

}  // namespace

Result<Bytes> emitObject(llvm::Module& module, llvm::TargetMachine& machine) {
  auto bytes = emit(module, machine, llvm::CodeGenFileType::ObjectFile);
  if (!bytes) return std::unexpected(bytes.error());
  return Bytes(bytes->begin(), bytes->end());
}

Result<std::string> emitAssembly(llvm::Module& module, llvm::TargetMachine& machine) {
  auto text = emit(module, machine, llvm::CodeGenFileType::AssemblyFile);
  if (!text) return std::unexpected(text.error());
  return std::string(text->begin(), text->end());
}

}  // namespace wasmc::compiler
