// x86-64: the ways into and out of generated code. arch.h says what each symbol does.

#if defined(__x86_64__)

        .text

// The frame, from rsp: 8 bytes of padding, then r15 r14 r13 r12 rbx rbp and the return address. Everything that must
// survive is in it, so wasmc_landing needs rsp and nothing else. The control words of the floating-point units need no
// saving: guest code never changes them, and host code that it calls must not leave them changed.
        .globl  wasmc_enter
        .hidden wasmc_enter
        .type   wasmc_enter, @function
        .p2align 4
wasmc_enter:
        .cfi_startproc
        .cfi_personality 0x1b, wasmc_entry_personality  // as a 32-bit distance
        pushq   %rbp
        .cfi_def_cfa_offset 16
        .cfi_offset %rbp, -16
        movq    %rsp, %rbp
        pushq   %rbx
        .cfi_def_cfa_offset 24
        .cfi_offset %rbx, -24
        pushq   %r12
        .cfi_def_cfa_offset 32
        .cfi_offset %r12, -32
        pushq   %r13
        .cfi_def_cfa_offset 40
        .cfi_offset %r13, -40
        pushq   %r14
        .cfi_def_cfa_offset 48
        .cfi_offset %r14, -48
        pushq   %r15
        .cfi_def_cfa_offset 56
        .cfi_offset %r15, -56
        subq    $8, %rsp
        .cfi_def_cfa_offset 64
        movq    %rsp, (%r8)
        movq    %rdi, %rax              // array_call
        movq    %rsi, %rdi              // code
        movq    %rdx, %rsi              // context
        movq    %rcx, %rdx              // values
        callq   *%rax
        xorl    %eax, %eax
        jmp     .Lleave

        .globl  wasmc_landing
        .hidden wasmc_landing
wasmc_landing:
        movl    $1, %eax
.Lleave:
        addq    $8, %rsp
        .cfi_def_cfa_offset 56
        popq    %r15
        .cfi_def_cfa_offset 48
        popq    %r14
        .cfi_def_cfa_offset 40
        popq    %r13
        .cfi_def_cfa_offset 32
        popq    %r12
        .cfi_def_cfa_offset 24
        popq    %rbx
        .cfi_def_cfa_offset 16
        popq    %rbp
        .cfi_def_cfa_offset 8
        retq
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
        movq    %rdi, %rsp
        jmp     wasmc_landing
        .cfi_endproc
        .size   wasmc_abandon, . - wasmc_abandon

        .globl  wasmc_wait
        .hidden wasmc_wait
        .type   wasmc_wait, @function
        .p2align 4
wasmc_wait:
        .cfi_startproc
        movq    %rdi, %rcx              // interrupted
        movq    %rsi, %rax              // number
        movq    %rdx, %r11              // arguments
        movq    (%r11), %rdi
        movq    8(%r11), %rsi
        movq    16(%r11), %rdx
        movq    24(%r11), %r10
        movq    32(%r11), %r8
        movq    40(%r11), %r9
        .globl  wasmc_wait_begin
        .hidden wasmc_wait_begin
wasmc_wait_begin:
        cmpl    $0, (%rcx)
        jne     wasmc_wait_cancel
        syscall
        .globl  wasmc_wait_end
        .hidden wasmc_wait_end
wasmc_wait_end:
        retq
        .globl  wasmc_wait_cancel
        .hidden wasmc_wait_cancel
wasmc_wait_cancel:
        movq    $-4, %rax               // -EINTR
        retq
        .cfi_endproc
        .size   wasmc_wait, . - wasmc_wait

// Builds an arch::ArgumentRegisters on the stack: integers at 0, vectors at 48, results at 176 and 192.
        .globl  wasmc_untyped_entry
        .hidden wasmc_untyped_entry
        .type   wasmc_untyped_entry, @function
        .p2align 4
wasmc_untyped_entry:
        .cfi_startproc
        pushq   %rbp
        .cfi_def_cfa_offset 16
        .cfi_offset %rbp, -16
        movq    %rsp, %rbp
        .cfi_def_cfa_register %rbp
        subq    $208, %rsp
        movq    %rdi, (%rsp)
        movq    %rsi, 8(%rsp)
        movq    %rdx, 16(%rsp)
        movq    %rcx, 24(%rsp)
        movq    %r8, 32(%rsp)
        movq    %r9, 40(%rsp)
        movaps  %xmm0, 48(%rsp)
        movaps  %xmm1, 64(%rsp)
        movaps  %xmm2, 80(%rsp)
        movaps  %xmm3, 96(%rsp)
        movaps  %xmm4, 112(%rsp)
        movaps  %xmm5, 128(%rsp)
        movaps  %xmm6, 144(%rsp)
        movaps  %xmm7, 160(%rsp)
        movq    %rsp, %rdi
        leaq    16(%rbp), %rsi
        callq   wasmc_untyped_dispatch
        movq    176(%rsp), %rax
        movaps  192(%rsp), %xmm0
        leave
        .cfi_def_cfa %rsp, 8
        retq
        .cfi_endproc
        .size   wasmc_untyped_entry, . - wasmc_untyped_entry

#endif

        .section .note.GNU-stack, "", @progbits
