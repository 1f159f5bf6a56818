;; RUN: %wasmc %s --emit=s -o - --target=riscv64-linux-gnu | FileCheck %s
;; RISC-V: atomics of all widths are instructions, none a call of a library: bytes change inside of their word.

(module
  (memory 1 1 shared)
  (func (export "word") (param i32 i32) (result i32) (i32.atomic.rmw.add (local.get 0) (local.get 1)))
  (func (export "byte") (param i32 i32) (result i32) (i32.atomic.rmw8.add_u (local.get 0) (local.get 1))))

;; CHECK-LABEL: wasm.0.word:
;; CHECK:       amoadd.w.aqrl
;; CHECK-LABEL: wasm.1.byte:
;; CHECK:       lr.w.aqrl
;; CHECK:       sc.w
