// RISC-V: unwind tables of large frames, which LLVM 22 gets wrong.
#ifndef WASMC_COMPILER_CODEGEN_RISCV_FRAMES_H
#define WASMC_COMPILER_CODEGEN_RISCV_FRAMES_H

namespace wasmc::compiler {

// Has all code generation for RISC-V correct them. Once in the process, before the first.
void correctRiscvFrames();

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_CODEGEN_RISCV_FRAMES_H
