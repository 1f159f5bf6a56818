;; RUN: %wasmc %s --target=x86_64-linux-gnu -O2 --emit=ll -o - | FileCheck %s
;; On x86, max with a constant that decides about zeros is one MAX, and the sum for NaNs.

(module (func (export "f") (param f32) (result f32) (f32.max (local.get 0) (f32.const 0))))

;; CHECK-LABEL: @wasm.0.f(
;; CHECK-NOT:   and i32
;; CHECK:       select i1
;; CHECK:       select i1
;; CHECK-NEXT:  ret float
