;; RUN: %wasmc %s -O3 --emit=ll -o - | FileCheck %s
;; A loop without effects and without end is kept.

(module (func (export "f") (loop $forever (br $forever))))

;; CHECK-LABEL: define {{.*}} @wasm.0.f(
;; CHECK:       loop:
;; CHECK-NEXT:  br label %loop
