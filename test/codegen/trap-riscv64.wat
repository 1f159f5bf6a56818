;; RUN: %wasmc %s -O3 --emit=s -o - --target=riscv64-linux-gnu | FileCheck %s
;; RISC-V: a trap's code is in a write to a read-only counter, which no CPU carries out. Each instruction keeps a trap of
;; its own.

(module
  (func (export "f") (param i32 i32) (result i32)
    (i32.add (i32.div_u (local.get 0) (local.get 1)) (i32.div_u (local.get 1) (local.get 0)))))

;; CHECK-LABEL:   wasm.0.f:
;; CHECK-COUNT-2: csrwi cycle, 7
;; CHECK-NOT:     csrwi
;; CHECK:         .Lfunc_end0:
