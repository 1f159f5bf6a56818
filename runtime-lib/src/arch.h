// The machine that the library is built for: registers of a signal context, the trap instruction, and the
// entry points of arch_<name>.S.
#ifndef WASMC_ARCH_H
#define WASMC_ARCH_H

#if defined(__x86_64__)
#include "arch_x86_64.h"
#elif defined(__aarch64__)
#include "arch_aarch64.h"
#elif defined(__riscv) && __riscv_xlen == 64 && defined(__riscv_float_abi_double)
#include "arch_riscv64.h"
#else
#error "no arch_<name>.h and arch_<name>.S for this machine yet"
#endif

#include <wasmc/abi/layout.h>

#include <atomic>
#include <cstdint>

extern "C" {

// Calls array_call(code, context, values). Before that it saves what a C function must preserve, and the
// stack pointer to *entry_sp. 0 when the call has returned, 1 when it has been abandoned through
// wasmc_landing.
int wasmc_enter(wasmc::abi::ArrayCall array_call, void* code, void* context, wasmc::abi::Value* values,
                void** entry_sp);
// End of wasmc_enter's code.
extern const char wasmc_enter_end[];
// Where abandoned calls go on, with the stack pointer set to what wasmc_enter saved. Not a function.
extern const char wasmc_landing[];
// Goes to wasmc_landing.
[[noreturn]] void wasmc_abandon(void* entry_sp);
// The system call of this number, unless *interrupted is not 0: then, and when the signal handler finds the
// thread between wasmc_wait_begin and wasmc_wait_end, where the call has not begun or is to be begun again,
// it goes on at wasmc_wait_cancel, and the result is -EINTR.
long wasmc_wait(const std::atomic<uint32_t>* interrupted, long number, const long* arguments);
extern const char wasmc_wait_begin[];
extern const char wasmc_wait_end[];
extern const char wasmc_wait_cancel[];
// `native` of untyped host functions: collects the argument registers, calls wasmc_untyped_dispatch.
void wasmc_untyped_entry();
// Reads arguments from registers and from `stack`, the caller's argument area, and leaves the result in
// `registers`.
void wasmc_untyped_dispatch(wasmc::arch::ArgumentRegisters* registers, const uint8_t* stack);

}  // extern "C"

#endif  // WASMC_ARCH_H
