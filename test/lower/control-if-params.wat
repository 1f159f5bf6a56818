;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; An if without else passes its parameters on as its results.

(module
  (func (export "f") (param i32 i32) (result i32)
    (local.get 0)
    (if (param i32) (result i32) (local.get 1) (then (drop) (i32.const 5)))))

;; CHECK: phi i32 [ 5, %then ], [ %1, %else ]
