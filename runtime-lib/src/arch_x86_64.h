// x86-64: registers of a signal context, and the trap instruction.
#ifndef WASMC_ARCH_X86_64_H
#define WASMC_ARCH_X86_64_H

#include <elf.h>
#include <signal.h>
#include <ucontext.h>

#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace wasmc::arch {

inline constexpr std::string_view kName = "x86_64";  // the first part of a target triple
inline constexpr Elf64_Half kElfMachine = EM_X86_64;
// Which of ELF's flags say how calls are made, and what they must say: there is one convention only.
inline constexpr Elf64_Word kElfAbiMask = 0;
inline constexpr Elf64_Word kElfAbi = 0;

// What the kernel sends for a trap instruction.
inline constexpr int kTrapSignal = SIGILL;

inline uintptr_t pc(const ucontext_t& context) {
  return static_cast<uintptr_t>(context.uc_mcontext.gregs[REG_RIP]);
}
inline uintptr_t sp(const ucontext_t& context) {
  return static_cast<uintptr_t>(context.uc_mcontext.gregs[REG_RSP]);
}
inline void resumeAt(ucontext_t& context, uintptr_t pc, uintptr_t sp) {
  context.uc_mcontext.gregs[REG_RIP] = static_cast<greg_t>(pc);
  context.uc_mcontext.gregs[REG_RSP] = static_cast<greg_t>(sp);
}

// The code in llvm.ubsantrap's instruction, `ud1l code(%eax), %eax`, at pc; none if it is another
// instruction.
inline constexpr size_t kTrapInstructionSize = 5;
inline std::optional<uint8_t> trapCodeAt(const uint8_t* pc) {
  constexpr uint8_t kUd1[] = {0x67, 0x0f, 0xb9, 0x40};
  if (std::memcmp(pc, kUd1, sizeof kUd1) != 0) return std::nullopt;
  return pc[sizeof kUd1];
}

// The unwind tables are right at every instruction that can fault. (arch_riscv64.h is where they are not.)
inline constexpr size_t kBeforeProbe = 0;
inline bool matchUnwindTables(ucontext_t&, bool) { return true; }

// Floating-point arguments and v128 have registers that hold both.
inline constexpr bool kVectorRegisters = true;

// What wasmc_untyped_entry collects: see arch_x86_64.S.
struct ArgumentRegisters {
  static constexpr size_t kIntegers = 6;
  static constexpr size_t kVectors = 8;
  uint64_t integers[kIntegers];
  alignas(16) uint64_t vectors[kVectors][2];
  uint64_t integer_result[2];
  uint64_t vector_result[2];
};
static_assert(sizeof(ArgumentRegisters) == 208, "arch_x86_64.S has this size and these offsets");

}  // namespace wasmc::arch

#endif  // WASMC_ARCH_X86_64_H
