;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; The base of a memory is loaded once a function, and nothing changes it.

(module (memory 1)
  (func (export "f") (param i32) (result i32)
    (i32.store offset=8 (local.get 0) (i32.const 1))
    (i32.add (i32.load (local.get 0)) (i32.load offset=4 (local.get 0)))))

;; CHECK-LABEL: define {{.*}} @wasm.0.f(
;; CHECK:       %base = load ptr, ptr %{{.*}}, !invariant.load
;; CHECK-NOT:   load ptr
;; CHECK:       ret i32
