;; RUN: %wasmc %s --emit=s -o - --target=riscv64-linux-gnu | FileCheck %s
;; RISC-V: one instruction loads a number wherever it lies. Linux carries out what a CPU does not.

(module
  (memory 1)
  (func (export "f") (param i32) (result i64) (i64.load (local.get 0))))

;; CHECK-LABEL: wasm.0.f:
;; CHECK:       ld a0
;; CHECK-NOT:   lbu
;; CHECK:       ret
