;; RUN: %wasmc %s -O2 --emit=ll -o - | FileCheck %s
;; A store to one memory does not make a value of another one be read again.

(module (memory $a 1) (memory $b 1)
  (func (export "f") (param i32) (result i32)
    (i32.store $b (local.get 0) (i32.load $a (local.get 0)))
    (i32.load $a (local.get 0))))

;; CHECK-LABEL: define {{.*}} @wasm.0.f(
;; CHECK:       %[[VALUE:.*]] = load i32
;; CHECK:       store i32 %[[VALUE]]
;; CHECK-NOT:   load
;; CHECK:       ret i32 %[[VALUE]]
