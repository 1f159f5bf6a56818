// AArch64: registers of a signal context, and the trap instruction.
#ifndef WASMC_ARCH_AARCH64_H
#define WASMC_ARCH_AARCH64_H

#include <elf.h>
#include <signal.h>
#include <ucontext.h>

#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace wasmc::arch {

inline constexpr std::string_view kName = "aarch64";  // the first part of a target triple
inline constexpr Elf64_Half kElfMachine = EM_AARCH64;
// Which of ELF's flags say how calls are made, and what they must say: there is one convention only.
inline constexpr Elf64_Word kElfAbiMask = 0;
inline constexpr Elf64_Word kElfAbi = 0;

// What the kernel sends for a trap instruction.
inline constexpr int kTrapSignal = SIGTRAP;

inline uintptr_t pc(const ucontext_t& context) { return context.uc_mcontext.pc; }
inline uintptr_t sp(const ucontext_t& context) { return context.uc_mcontext.sp; }
inline void resumeAt(ucontext_t& context, uintptr_t pc, uintptr_t sp) {
  context.uc_mcontext.pc = pc;
  context.uc_mcontext.sp = sp;
}

// The code in llvm.ubsantrap's instruction, `brk #0x5500 + code`, at pc; none if it is another instruction.
inline constexpr size_t kTrapInstructionSize = 4;
inline std::optional<uint8_t> trapCodeAt(const uint8_t* pc) {
  constexpr uint32_t kBrk = 0xd4200000 | 0x5500u << 5;
  constexpr uint32_t kCode = 0xffu << 5;
  uint32_t instruction = 0;
  std::memcpy(&instruction, pc, sizeof instruction);
  if ((instruction & ~kCode) != kBrk) return std::nullopt;
  return static_cast<uint8_t>((instruction & kCode) >> 5);
}

// The unwind tables are right at every instruction that can fault. (arch_riscv64.h is where they are not.)
inline constexpr size_t kBeforeProbe = 0;
inline bool matchUnwindTables(ucontext_t&, bool) { return true; }

// Floating-point arguments and v128 have registers that hold both.
inline constexpr bool kVectorRegisters = true;

// What wasmc_untyped_entry collects: see arch_aarch64.S.
struct ArgumentRegisters {
  static constexpr size_t kIntegers = 8;
  static constexpr size_t kVectors = 8;
  uint64_t integers[kIntegers];
  alignas(16) uint64_t vectors[kVectors][2];
  uint64_t integer_result[2];
  uint64_t vector_result[2];
};
static_assert(sizeof(ArgumentRegisters) == 224, "arch_aarch64.S has this size and these offsets");

}  // namespace wasmc::arch

#endif  // WASMC_ARCH_AARCH64_H
