;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s --implicit-check-not='define {{.*}}@wasmc.array_call'
;; Only types of functions that the host can get hold of have a thunk: exported, imported, referred to.

(module
  (import "m" "f" (func (param i32)))
  (func (export "g") (param i64))
  (func $referred (param f32))
  (elem declare func $referred)
  (func (param f64)))

;; CHECK: define hidden void @wasmc.array_call.0(
;; CHECK: define hidden void @wasmc.array_call.1(
;; CHECK: define hidden void @wasmc.array_call.2(
