;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; A divisor that is a constant other than 0 and -1 needs no check.

(module (func (export "f") (param i32) (result i32) (i32.div_s (local.get 0) (i32.const 10))))

;; CHECK-LABEL: define {{.*}} @wasm.0.f(
;; CHECK-NOT:   ubsantrap
;; CHECK:       sdiv i32 %1, 10
