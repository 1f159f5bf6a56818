;; RUN: %wasmc %s -O2 --emit=ll -o - | FileCheck %s
;; A store to memory does not make a mutable global be read again.

(module (memory 1) (global $g (mut i32) (i32.const 0))
  (func (export "f") (param i32) (result i32)
    (i32.store (local.get 0) (global.get $g))
    (i32.store offset=4 (local.get 0) (global.get $g))
    (i32.add (global.get $g) (global.get $g))))

;; CHECK-LABEL: define {{.*}} @wasm.0.f(
;; CHECK:       %[[G:.*]] = load i32
;; CHECK-NOT:   load
;; CHECK:       store i32 %[[G]]
;; CHECK-NOT:   load
;; CHECK:       ret i32
