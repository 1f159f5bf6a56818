;; RUN: %wasmc %s -O3 --emit=ll -o - | FileCheck %s
;; A load that only feeds a value which feeds itself still is done.

(module (memory 1)
  (func (export "f") (param i32) (local $sum i32)
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (i32.load (local.get 0))))
      (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 4)))))))

;; CHECK-LABEL: define {{.*}} @wasm.0.f(
;; CHECK:       load volatile i32
