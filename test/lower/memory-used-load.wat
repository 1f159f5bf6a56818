;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; A load whose value is needed is an ordinary one.

(module (memory 1)
  (func (export "f") (param i32) (result i32) (i32.load (local.get 0))))

;; CHECK-LABEL: define {{.*}} @wasm.0.f(
;; CHECK-NOT:   volatile
;; CHECK:       load i32, ptr
;; CHECK-NOT:   volatile
;; CHECK:       ret i32
