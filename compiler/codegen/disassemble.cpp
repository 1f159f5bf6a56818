// Machine code -> assembly text, by LLVM's disassembler.

#include <llvm/MC/MCAsmInfo.h>
#include <llvm/MC/MCContext.h>
#include <llvm/MC/MCDisassembler/MCDisassembler.h>
#include <llvm/MC/MCInst.h>
#include <llvm/MC/MCInstPrinter.h>
#include <llvm/MC/MCInstrInfo.h>
#include <llvm/MC/MCRegisterInfo.h>
#include <llvm/MC/MCSubtargetInfo.h>
#include <llvm/MC/MCTargetOptions.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/TargetParser/Triple.h>

#include <algorithm>

#include "codegen/codegen.h"

namespace wasmc::compiler {
namespace {

void initialiseDisassemblers() {
  static const bool once = [] {
    llvm::InitializeAllTargetInfos();
    llvm::InitializeAllTargetMCs();
    llvm::InitializeAllDisassemblers();
    return true;
  }();
  (void)once;
}

std::string featureString(const std::vector<std::string>& features) {
  std::string text;
  for (const std::string& feature : features) text += (text.empty() ? "+" : ",+") + feature;
  return text;
}

// The pieces that LLVM's disassembler of one target is made of.
struct Disassembler {
  llvm::MCTargetOptions options;
  std::unique_ptr<const llvm::MCRegisterInfo> registers;
  std::unique_ptr<const llvm::MCAsmInfo> syntax;
  std::unique_ptr<const llvm::MCInstrInfo> instructions;
  std::unique_ptr<const llvm::MCSubtargetInfo> cpu;
  std::unique_ptr<llvm::MCContext> context;
  std::unique_ptr<const llvm::MCDisassembler> decoder;
  std::unique_ptr<llvm::MCInstPrinter> printer;

  bool complete() const {
    return registers && syntax && instructions && cpu && context && decoder && printer;
  }

  Disassembler(const llvm::Target& target, const llvm::Triple& triple, const std::string& features) {
    registers.reset(target.createMCRegInfo(triple));
    if (registers) syntax.reset(target.createMCAsmInfo(*registers, triple, options));
    instructions.reset(target.createMCInstrInfo());
    cpu.reset(target.createMCSubtargetInfo(triple, "", features));
    if (!registers || !syntax || !instructions || !cpu) return;
    context = std::make_unique<llvm::MCContext>(triple, syntax.get(), registers.get(), cpu.get());
    decoder.reset(target.createMCDisassembler(*cpu, *context));
    printer.reset(target.createMCInstPrinter(triple, syntax->getAssemblerDialect(), *syntax, *instructions,
                                             *registers));
    if (printer) printer->setPrintImmHex(true);
  }
};

}  // namespace

Result<std::vector<MachineLine>> disassembleCode(std::span<const uint8_t> code, uint64_t address,
                                                 const std::string& target_triple,
                                                 const std::vector<std::string>& features) {
  initialiseDisassemblers();
  const llvm::Triple triple(target_triple);
  std::string unknown;
  const llvm::Target* target = llvm::TargetRegistry::lookupTarget(triple, unknown);
  if (!target) return error("cannot disassemble code for '" + target_triple + "': " + unknown);
  Disassembler tools(*target, triple, featureString(features));
  if (!tools.complete()) return error("LLVM has no disassembler for '" + target_triple + "'");

  const size_t step = tools.syntax->getMinInstAlignment();
  std::vector<MachineLine> lines;
  for (size_t at = 0; at < code.size();) {
    llvm::MCInst instruction;
    uint64_t size = 0;
    const llvm::ArrayRef<uint8_t> rest(code.data() + at, code.size() - at);
    std::string text;
    if (tools.decoder->getInstruction(instruction, size, rest, address + at, llvm::nulls()) ==
        llvm::MCDisassembler::Success) {
      llvm::raw_string_ostream out(text);
      tools.printer->printInst(&instruction, address + at, "", *tools.cpu, out);
      text.erase(0, text.find_first_not_of(" \t"));
      std::ranges::replace(text, '\t', ' ');
    } else {
      size = std::min<uint64_t>(step, rest.size());
      text = ".byte";
      for (uint64_t i = 0; i < size; ++i) text += (i ? ", " : " ") + hexadecimal(rest[i]);
    }
    lines.push_back({address + at, std::move(text)});
    at += std::max<uint64_t>(size, 1);
  }
  return lines;
}

}  // namespace wasmc::compiler
