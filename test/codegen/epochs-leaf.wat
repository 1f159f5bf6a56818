;; RUN: %wasmc %s --epochs -O2 --target=x86_64-linux-gnu --emit=s -o - | FileCheck %s
;; A function without calls and loops has no check, nor has a loop of few iterations.

(module
  (func (export "leaf") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
  (memory 1)
  (func (export "few") (local $i i32)
    (loop $l
      (i32.store (i32.mul (local.get $i) (local.get $i)) (local.get $i))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $l (i32.lt_u (local.get $i) (i32.const 500))))))

;; CHECK-LABEL: wasm.0.leaf:
;; CHECK-NOT:   ud1
;; CHECK-LABEL: wasm.1.few:
;; CHECK-NOT:   ud1
;; CHECK:       retq
