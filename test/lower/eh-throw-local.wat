;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; A throw inside of a try unwinds nothing: it branches to where the catches are told apart.

(module (tag $t (param i64))
  (func (export "f") (param i64) (result i64)
    try (result i64) (throw $t (local.get 0)) catch $t end))

;; CHECK-NOT: landingpad
;; CHECK:     store i64 %{{.*}}, ptr %{{.*}}, align 16
;; CHECK-NEXT: br label %dispatch
;; CHECK-NOT: landingpad
