;; RUN: %wasmc %s -O3 --strict-traps -o %t.so
;; RUN: not %wasmrun --invoke zero %t.so -4 2>&1 | FileCheck %s
;; RUN: not %wasmrun --invoke overwritten %t.so -4 2>&1 | FileCheck %s
;; RUN: not %wasmrun --invoke divided %t.so -4 2>&1 | FileCheck %s
;; With --strict-traps a load that is out of bounds traps even if its value does not matter, and before what
;; comes after it.

(module (memory 1) (global $g (mut i32) (i32.const 0))
  (func (export "zero") (param i32) (result i32) (i32.mul (i32.load (local.get 0)) (i32.const 0)))
  (func (export "overwritten") (param i32)
    (global.set $g (i32.load (local.get 0)))
    (global.set $g (i32.const 1)))
  (func (export "divided") (param i32) (result i32) (i32.div_u (i32.load (local.get 0)) (i32.const 0))))

;; CHECK: wasm trap: out of bounds memory access
