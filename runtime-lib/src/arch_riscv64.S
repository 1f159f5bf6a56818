// RISC-V: the ways into and out of generated code. arch.h says what each symbol does.

#if defined(__riscv)

        .text

// The frame, from sp: 8 bytes of padding, then fs11 to fs0, s11 to s0 and ra. Everything that must survive is in it, so
// wasmc_landing needs sp and nothing else. The floating-point control register needs no saving: guest code never changes
// its rounding mode, and host code that it calls must not leave it changed.
        .globl  wasmc_enter
        .hidden wasmc_enter
        .type   wasmc_enter, @function
        .p2align 2
wasmc_enter:
        .cfi_startproc
        .cfi_personality 0x1b, wasmc_entry_personality  // as a 32-bit distance
        addi    sp, sp, -208
        .cfi_def_cfa_offset 208
        sd      ra, 200(sp)
        .cfi_offset ra, -8
        sd      s0, 192(sp)
        .cfi_offset s0, -16
        sd      s1, 184(sp)
        .cfi_offset s1, -24
        sd      s2, 176(sp)
        .cfi_offset s2, -32
        sd      s3, 168(sp)
        .cfi_offset s3, -40
        sd      s4, 160(sp)
        .cfi_offset s4, -48
        sd      s5, 152(sp)
        .cfi_offset s5, -56
        sd      s6, 144(sp)
        .cfi_offset s6, -64
        sd      s7, 136(sp)
        .cfi_offset s7, -72
        sd      s8, 128(sp)
        .cfi_offset s8, -80
        sd      s9, 120(sp)
        .cfi_offset s9, -88
        sd      s10, 112(sp)
        .cfi_offset s10, -96
        sd      s11, 104(sp)
        .cfi_offset s11, -104
        fsd     fs0, 96(sp)
        .cfi_offset fs0, -112
        fsd     fs1, 88(sp)
        .cfi_offset fs1, -120
        fsd     fs2, 80(sp)
        .cfi_offset fs2, -128
        fsd     fs3, 72(sp)
        .cfi_offset fs3, -136
        fsd     fs4, 64(sp)
        .cfi_offset fs4, -144
        fsd     fs5, 56(sp)
        .cfi_offset fs5, -152
        fsd     fs6, 48(sp)
        .cfi_offset fs6, -160
        fsd     fs7, 40(sp)
        .cfi_offset fs7, -168
        fsd     fs8, 32(sp)
        .cfi_offset fs8, -176
        fsd     fs9, 24(sp)
        .cfi_offset fs9, -184
        fsd     fs10, 16(sp)
        .cfi_offset fs10, -192
        fsd     fs11, 8(sp)
        .cfi_offset fs11, -200
        sd      sp, 0(a4)
        mv      t0, a0                  // array_call
        mv      a0, a1                  // code
        mv      a1, a2                  // context
        mv      a2, a3                  // values
        jalr    t0
        li      a0, 0
        j       .Lleave

        .globl  wasmc_landing
        .hidden wasmc_landing
wasmc_landing:
        li      a0, 1
.Lleave:
        ld      ra, 200(sp)
        ld      s0, 192(sp)
        ld      s1, 184(sp)
        ld      s2, 176(sp)
        ld      s3, 168(sp)
        ld      s4, 160(sp)
        ld      s5, 152(sp)
        ld      s6, 144(sp)
        ld      s7, 136(sp)
        ld      s8, 128(sp)
        ld      s9, 120(sp)
        ld      s10, 112(sp)
        ld      s11, 104(sp)
        fld     fs0, 96(sp)
        fld     fs1, 88(sp)
        fld     fs2, 80(sp)
        fld     fs3, 72(sp)
        fld     fs4, 64(sp)
        fld     fs5, 56(sp)
        fld     fs6, 48(sp)
        fld     fs7, 40(sp)
        fld     fs8, 32(sp)
        fld     fs9, 24(sp)
        fld     fs10, 16(sp)
        fld     fs11, 8(sp)
        addi    sp, sp, 208
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
        .p2align 2
wasmc_abandon:
        .cfi_startproc
        mv      sp, a0
        j       wasmc_landing
        .cfi_endproc
        .size   wasmc_abandon, . - wasmc_abandon

        .globl  wasmc_wait
        .hidden wasmc_wait
        .type   wasmc_wait, @function
        .p2align 2
wasmc_wait:
        .cfi_startproc
        mv      t0, a0                  // interrupted
        mv      a7, a1                  // number
        mv      t1, a2                  // arguments
        ld      a0, 0(t1)
        ld      a1, 8(t1)
        ld      a2, 16(t1)
        ld      a3, 24(t1)
        ld      a4, 32(t1)
        ld      a5, 40(t1)
        .globl  wasmc_wait_begin
        .hidden wasmc_wait_begin
wasmc_wait_begin:
        lw      t0, 0(t0)
        bnez    t0, wasmc_wait_cancel
        ecall
        .globl  wasmc_wait_end
        .hidden wasmc_wait_end
wasmc_wait_end:
        ret
        .globl  wasmc_wait_cancel
        .hidden wasmc_wait_cancel
wasmc_wait_cancel:
        li      a0, -4                  // -EINTR
        ret
        .cfi_endproc
        .size   wasmc_wait, . - wasmc_wait

// Builds an arch::ArgumentRegisters on the stack: integers at 0, vectors at 64, results at 128 and 144.
        .globl  wasmc_untyped_entry
        .hidden wasmc_untyped_entry
        .type   wasmc_untyped_entry, @function
        .p2align 2
wasmc_untyped_entry:
        .cfi_startproc
        addi    sp, sp, -176
        .cfi_def_cfa_offset 176
        sd      ra, 168(sp)
        .cfi_offset ra, -8
        sd      a0, 0(sp)
        sd      a1, 8(sp)
        sd      a2, 16(sp)
        sd      a3, 24(sp)
        sd      a4, 32(sp)
        sd      a5, 40(sp)
        sd      a6, 48(sp)
        sd      a7, 56(sp)
        fsd     fa0, 64(sp)
        fsd     fa1, 72(sp)
        fsd     fa2, 80(sp)
        fsd     fa3, 88(sp)
        fsd     fa4, 96(sp)
        fsd     fa5, 104(sp)
        fsd     fa6, 112(sp)
        fsd     fa7, 120(sp)
        mv      a0, sp
        addi    a1, sp, 176
        call    wasmc_untyped_dispatch
        ld      a0, 128(sp)
        ld      a1, 136(sp)
        fld     fa0, 144(sp)
        ld      ra, 168(sp)
        addi    sp, sp, 176
        .cfi_def_cfa_offset 0
        ret
        .cfi_endproc
        .size   wasmc_untyped_entry, . - wasmc_untyped_entry

#endif

        .section .note.GNU-stack, "", %progbits
