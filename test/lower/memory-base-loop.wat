;; RUN: %wasmc %s -O2 --emit=ll -o - | FileCheck %s
;; A loop with stores and calls of other functions does not load the base again.

(module (import "m" "f" (func $other)) (memory 1)
  (func (export "f") (param $p i32)
    (loop $again
      (i32.store (local.get $p) (i32.const 1))
      (call $other)
      (br_if $again (local.tee $p (i32.sub (local.get $p) (i32.const 4)))))))

;; CHECK-LABEL: define {{.*}} @wasm.1.f(
;; CHECK:       load ptr
;; CHECK:       loop:
;; CHECK-NOT:   load
;; CHECK:       store i32 1
;; CHECK-NOT:   load
;; CHECK:       ret void
