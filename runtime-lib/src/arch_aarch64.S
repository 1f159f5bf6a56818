// AArch64: the ways into and out of generated code. arch.h says what each symbol does.

#if defined(__aarch64__)

        .text

// The frame, from sp: x29 and x30, then x19 to x28, then d8 to d15. Everything that must survive is in it, so
// wasmc_landing needs sp and nothing else. The floating-point control register needs no saving: guest code never changes
// it, and host code that it calls must not leave it changed.
        .globl  wasmc_enter
        .hidden wasmc_enter
        .type   wasmc_enter, @function
        .p2align 4
wasmc_enter:
        .cfi_startproc
        .cfi_personality 0x1b, wasmc_entry_personality  // as a 32-bit distance
        stp     x29, x30, [sp, #-160]!
        .cfi_def_cfa_offset 160
        .cfi_offset x29, -160
        .cfi_offset x30, -152
        mov     x29, sp
        stp     x19, x20, [sp, #16]
        .cfi_offset x19, -144
        .cfi_offset x20, -136
        stp     x21, x22, [sp, #32]
        .cfi_offset x21, -128
        .cfi_offset x22, -120
        stp     x23, x24, [sp, #48]
        .cfi_offset x23, -112
        .cfi_offset x24, -104
        stp     x25, x26, [sp, #64]
        .cfi_offset x25, -96
        .cfi_offset x26, -88
        stp     x27, x28, [sp, #80]
        .cfi_offset x27, -80
        .cfi_offset x28, -72
        stp     d8, d9, [sp, #96]
        .cfi_offset d8, -64
        .cfi_offset d9, -56
        stp     d10, d11, [sp, #112]
        .cfi_offset d10, -48
        .cfi_offset d11, -40
        stp     d12, d13, [sp, #128]
        .cfi_offset d12, -32
        .cfi_offset d13, -24
        stp     d14, d15, [sp, #144]
        .cfi_offset d14, -16
        .cfi_offset d15, -8
        mov     x9, sp
        str     x9, [x4]
        mov     x9, x0                  // array_call
        mov     x0, x1                  // code
        mov     x1, x2                  // context
        mov     x2, x3                  // values
        blr     x9
        mov     w0, #0
        b       .Lleave

        .globl  wasmc_landing
        .hidden wasmc_landing
wasmc_landing:
        mov     w0, #1
.Lleave:
        ldp     d14, d15, [sp, #144]
        ldp     d12, d13, [sp, #128]
        ldp     d10, d11, [sp, #112]
        ldp     d8, d9, [sp, #96]
        ldp     x27, x28, [sp, #80]
        ldp     x25, x26, [sp, #64]
        ldp     x23, x24, [sp, #48]
        ldp     x21, x22, [sp, #32]
        ldp     x19, x20, [sp, #16]
        ldp     x29, x30, [sp], #160
        .cfi_def_cfa_offset 0
        ret
        .cfi_endproc
        .size   wasmc_enter, . - wasmc_enter
        .globl  wasmc_enter_end
        .hidden wasmc_enter_end
wasmc_enter_end:

        .globl  wasmc_abandon
        .hidden wasmc_abandon
        .type   wasmc_abandon, @function
        .p2align 4
wasmc_abandon:
        .cfi_startproc
        mov     sp, x0
        b       wasmc_landing
        .cfi_endproc
        .size   wasmc_abandon, . - wasmc_abandon

        .globl  wasmc_wait
        .hidden wasmc_wait
        .type   wasmc_wait, @function
        .p2align 4
wasmc_wait:
        .cfi_startproc
        mov     x9, x0                  // interrupted
        mov     x8, x1                  // number
        mov     x10, x2                 // arguments
        ldp     x0, x1, [x10]
        ldp     x2, x3, [x10, #16]
        ldp     x4, x5, [x10, #32]
        .globl  wasmc_wait_begin
        .hidden wasmc_wait_begin
wasmc_wait_begin:
        ldr     w9, [x9]
        cbnz    w9, wasmc_wait_cancel
        svc     #0
        .globl  wasmc_wait_end
        .hidden wasmc_wait_end
wasmc_wait_end:
        ret
        .globl  wasmc_wait_cancel
        .hidden wasmc_wait_cancel
wasmc_wait_cancel:
        mov     x0, #-4                 // -EINTR
        ret
        .cfi_endproc
        .size   wasmc_wait, . - wasmc_wait

// Builds an arch::ArgumentRegisters on the stack: integers at 0, vectors at 64, results at 192 and 208.
        .globl  wasmc_untyped_entry
        .hidden wasmc_untyped_entry
        .type   wasmc_untyped_entry, @function
        .p2align 4
wasmc_untyped_entry:
        .cfi_startproc
        stp     x29, x30, [sp, #-16]!
        .cfi_def_cfa_offset 16
        .cfi_offset x29, -16
        .cfi_offset x30, -8
        mov     x29, sp
        .cfi_def_cfa_register x29
        sub     sp, sp, #224
        stp     x0, x1, [sp]
        stp     x2, x3, [sp, #16]
        stp     x4, x5, [sp, #32]
        stp     x6, x7, [sp, #48]
        stp     q0, q1, [sp, #64]
        stp     q2, q3, [sp, #96]
        stp     q4, q5, [sp, #128]
        stp     q6, q7, [sp, #160]
        mov     x0, sp
        add     x1, x29, #16
        bl      wasmc_untyped_dispatch
        ldr     x0, [sp, #192]
        ldr     q0, [sp, #208]
        mov     sp, x29
        .cfi_def_cfa_register sp
        ldp     x29, x30, [sp], #16
        .cfi_def_cfa_offset 0
        ret
        .cfi_endproc
        .size   wasmc_untyped_entry, . - wasmc_untyped_entry

#endif

        .section .note.GNU-stack, "", %progbits
