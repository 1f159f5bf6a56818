;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; An immutable global with a constant initialiser is that constant.

(module (global $g f64 (f64.const 1.5)) (func (export "f") (result f64) (global.get $g)))

;; CHECK-LABEL: define {{.*}} @wasm.0.f(
;; CHECK-NOT:   load
;; CHECK:       phi double [ 1.500000e+00, %body ]
