;; RUN: %wasmc %s --emit=s -o - --target=riscv64-linux-gnu | FileCheck %s
;; RISC-V: an f32 is passed in the register of an f64 with the bits above it set, an i32 sign-extended.

(module
  (func $f (export "f") (param f32 i32 i32) (result i32)
    (return_call_indirect (param i32 f32) (result i32) (local.get 1) (local.get 0) (local.get 2)))
  (table 1 funcref))

;; CHECK-LABEL: wasm.0.f:
;; CHECK:       jr {{a|t}}
