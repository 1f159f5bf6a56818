// RISC-V: registers of a signal context, and the trap instruction.
#ifndef WASMC_ARCH_RISCV64_H
#define WASMC_ARCH_RISCV64_H

#include <elf.h>
#include <signal.h>
#include <ucontext.h>

#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace wasmc::arch {

inline constexpr std::string_view kName = "riscv64";  // the first part of a target triple
inline constexpr Elf64_Half kElfMachine = EM_RISCV;
// Which of ELF's flags say how calls are made and what memory accesses mean, and what they must say: double
// precision in floating-point registers, all 32 integer registers, the weak memory order.
inline constexpr Elf64_Word kElfAbiMask = EF_RISCV_FLOAT_ABI | EF_RISCV_RVE | EF_RISCV_TSO;
inline constexpr Elf64_Word kElfAbi = EF_RISCV_FLOAT_ABI_DOUBLE;

// What the kernel sends for a trap instruction.
inline constexpr int kTrapSignal = SIGILL;

inline uintptr_t pc(const ucontext_t& context) { return context.uc_mcontext.__gregs[REG_PC]; }
inline uintptr_t sp(const ucontext_t& context) { return context.uc_mcontext.__gregs[REG_SP]; }
inline void resumeAt(ucontext_t& context, uintptr_t pc, uintptr_t sp) {
  context.uc_mcontext.__gregs[REG_PC] = pc;
  context.uc_mcontext.__gregs[REG_SP] = sp;
}

inline uint32_t instructionAt(const uint8_t* pc) {
  uint32_t instruction = 0;
  std::memcpy(&instruction, pc, sizeof instruction);
  return instruction;
}

// The code in the trap instruction at pc; none if it is another instruction. LLVM's own trap has no room for
// one. Generated code writes to a counter that user code can only read, `csrrwi zero, cycle, code`, which no
// machine may carry out: the low five bits of the code are the operand, the high three the counter's number.
inline constexpr size_t kTrapInstructionSize = 4;
inline std::optional<uint8_t> trapCodeAt(const uint8_t* pc) {
  constexpr uint32_t kWriteCycle = 0xc0005073;
  constexpr uint32_t kLow = 0x1fu << 15;
  constexpr uint32_t kHigh = 0x7u << 20;
  const uint32_t instruction = instructionAt(pc);
  if ((instruction & ~(kLow | kHigh)) != kWriteCycle) return std::nullopt;
  return static_cast<uint8_t>((instruction & kHigh) >> 20 << 5 | (instruction & kLow) >> 15);
}

// Makes `context`, which a fault interrupted, agree with the unwind tables; false if nothing would. LLVM's
// are wrong at the probes of a prologue, where the stack ends. A frame of a few pages takes them one by one,
// and its tables know of a step only behind the probe: the step is taken back.
//   sub   sp, sp, REGISTER
//   sd    zero, 0(sp)        faults
// A larger frame has a loop, whose tables forget what has been taken before it: back to in front of the loop.
//   sub   t1, sp, REGISTER
//   lui   t2, 1
//   sub   sp, sp, t2
//   sd    zero, 0(sp)        faults
//   bne   sp, t1, -8
// A frame with vectors of the CPU's length has a loop that counts, which nothing is known of.
// `preceded`: the kBeforeProbe bytes before the instruction are code of the same artifact.
inline constexpr size_t kBeforeProbe = 10;
inline bool matchUnwindTables(ucontext_t& context, bool preceded) {
  constexpr uint32_t kProbe = 0x00013023;
  constexpr uint32_t kCompressedProbe = 0xe002;
  constexpr uint32_t kStep = 0x40010133;    // sub sp, sp, REGISTER
  constexpr uint32_t kTarget = 0x40010333;  // sub t1, sp, REGISTER
  constexpr uint32_t kRegister = 0x1fu << 20;
  constexpr uint32_t kT1 = 6;
  constexpr uint32_t kT2 = 7;
  constexpr uint32_t kLoop = 0x00611063;  // bne sp, t1, DISTANCE
  constexpr uint32_t kLoopMask = 0x01fff07f;
  const auto reg = [&context](uint32_t instruction) {
    return context.uc_mcontext.__gregs[(instruction & kRegister) >> 20];
  };
  const auto* at = reinterpret_cast<const uint8_t*>(pc(context));
  uint32_t instruction = 0;
  std::memcpy(&instruction, at, 2);
  const size_t size = (instruction & 3) == 3 ? 4 : 2;
  if (size == 4) instruction = instructionAt(at);
  if (instruction != kProbe && instruction != kCompressedProbe) return true;
  const uint32_t step = preceded ? instructionAt(at - sizeof step) : 0;
  if ((step & ~kRegister) != kStep) return false;
  const uint32_t by = (step & kRegister) >> 20;
  if (by == kT2 && (instructionAt(at + size) & kLoopMask) == kLoop) {
    const uint32_t target = instructionAt(at - kBeforeProbe);
    if ((target & ~kRegister) != kTarget) return false;
    resumeAt(context, pc(context) - kBeforeProbe, context.uc_mcontext.__gregs[kT1] + reg(target));
    return true;
  }
  if (by == kT1 || by == kT2) return false;
  context.uc_mcontext.__gregs[REG_SP] += reg(step);
  return true;
}

// A v128 is passed as two integers. So are floating-point numbers that find no register of their own.
inline constexpr bool kVectorRegisters = false;

// What wasmc_untyped_entry collects: see arch_riscv64.S.
struct ArgumentRegisters {
  static constexpr size_t kIntegers = 8;
  static constexpr size_t kVectors = 8;
  uint64_t integers[kIntegers];
  uint64_t vectors[kVectors][1];
  uint64_t integer_result[2];
  uint64_t vector_result[2];
};
static_assert(sizeof(ArgumentRegisters) == 160, "arch_riscv64.S has this size and these offsets");

}  // namespace wasmc::arch

#endif  // WASMC_ARCH_RISCV64_H
