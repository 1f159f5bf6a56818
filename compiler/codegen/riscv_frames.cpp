#include "codegen/riscv_frames.h"

#include <llvm/CodeGen/MachineFunction.h>
#include <llvm/CodeGen/MachineFunctionPass.h>
#include <llvm/CodeGen/Passes.h>
#include <llvm/CodeGen/TargetPassConfig.h>
#include <llvm/MC/MCDwarf.h>
#include <llvm/Target/RegisterTargetPassConfigCallback.h>
#include <llvm/Target/TargetMachine.h>

#include <utility>

namespace wasmc::compiler {
namespace {

constexpr unsigned kT1 = 6;  // DWARF's number of the loop's register

// A prologue with a frame of five pages or more probes the stack in a loop
// (RISCVFrameLowering::allocateStack), and describes it as if that was all it takes:
//   addi  sp, sp, -496          .cfi_def_cfa_offset 496        room for the callee-saved registers
//   sub   t1, sp, a2            .cfi_def_cfa t1, 28672         should be 29168
//   (the loop)                  .cfi_def_cfa_register sp
//   addi  sp, sp, -2608         .cfi_def_cfa_offset 31280      should be 31776
// Exceptions and backtraces would end there. What has been taken before the loop is added.
class RiscvFrames : public llvm::MachineFunctionPass {
 public:
  static char ID;
  RiscvFrames() : MachineFunctionPass(ID) {}
  llvm::StringRef getPassName() const override { return "Unwind tables of large RISC-V frames"; }

  // The loop is a block of its own already, and what follows it too.
  bool runOnMachineFunction(llvm::MachineFunction& function) override {
    int64_t taken = 0;    // before the loop
    int64_t missing = 0;  // from what is said of the loop, and of the last step, behind it
    bool changed = false;
    for (llvm::MachineBasicBlock& block : function) {
      for (llvm::MachineInstr& instruction : block) {
        if (!instruction.isCFIInstruction() || !instruction.getFlag(llvm::MachineInstr::FrameSetup)) continue;
        const CFI said = function.getFrameInstructions()[instruction.getOperand(0).getCFIIndex()];
        if (said.getOperation() == CFI::OpDefCfa && said.getRegister() == kT1) {
          missing = std::exchange(taken, 0);
          say(function, instruction, CFI::cfiDefCfa(said.getLabel(), kT1, said.getOffset() + missing));
          changed = true;
        } else if (said.getOperation() == CFI::OpDefCfaOffset) {
          taken = said.getOffset() + std::exchange(missing, 0);
          say(function, instruction, CFI::cfiDefCfaOffset(said.getLabel(), taken));
        }
      }
    }
    return changed;
  }

 private:
  using CFI = llvm::MCCFIInstruction;

  static void say(llvm::MachineFunction& function, llvm::MachineInstr& instruction, const CFI& what) {
    instruction.removeOperand(0);
    instruction.addOperand(function, llvm::MachineOperand::CreateCFIIndex(function.addFrameInst(what)));
  }
};

char RiscvFrames::ID = 0;

}  // namespace

void correctRiscvFrames() {
  static const llvm::RegisterTargetPassConfigCallback registration(
      [](llvm::TargetMachine& machine, llvm::legacy::PassManagerBase&, llvm::TargetPassConfig* config) {
        if (machine.getTargetTriple().isRISCV64())
          config->insertPass(&llvm::PrologEpilogCodeInserterID, new RiscvFrames);
      });
}

}  // namespace wasmc::compiler
