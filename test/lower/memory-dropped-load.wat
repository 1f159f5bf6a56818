;; RUN: %wasmc %s -O2 --emit=ll -o - | FileCheck %s
;; RUN: %wasmc %s -O3 --emit=ll -o - | FileCheck %s
;; A load whose value is dropped still is done, because it may trap.

(module (memory 1)
  (func (export "drop") (param i32) (drop (i32.load (local.get 0))))
  (func (export "unused") (param i32) (local i64)
    (local.set 1 (i64.add (i64.load offset=8 (local.get 0)) (i64.const 1)))))

;; CHECK-LABEL: define {{.*}} @wasm.0.drop(
;; CHECK:       load volatile i32
;; CHECK-LABEL: define {{.*}} @wasm.1.unused(
;; CHECK:       load volatile i64
