;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; The parameters of a loop are phis of its header.

(module
  (func (export "f") (param i32) (result i32)
    (i32.const 1) (local.get 0)
    (loop $again (param i32 i32) (result i32)
      (i32.mul)
      (local.tee 0)
      (i32.const 100)
      (br_if $again (i32.lt_u (local.get 0) (i32.const 50)))
      (drop))))

;; CHECK:      loop:
;; CHECK-NEXT: %[[A:.*]] = phi i32 [ 1, %body ], [ %[[M:.*]], %loop ]
;; CHECK-NEXT: %[[B:.*]] = phi i32 [ %1, %body ], [ 100, %loop ]
;; CHECK-NEXT: %[[M]] = mul i32 %[[A]], %[[B]]
