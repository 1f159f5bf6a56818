;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s --implicit-check-not='define {{.*}}@wasmc.array_call'
;; Types that differ only in their index share one thunk.

(module
  (type $a (func (param i32) (result i32)))
  (type $b (func (param i32) (result i32)))
  (func (export "f") (type $a) (local.get 0))
  (func (export "g") (type $b) (local.get 0)))

;; CHECK: define hidden void @wasmc.array_call.0(
