;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s --implicit-check-not='define {{.*}}@wasmc.adapter'
;; A table may hold host functions of any type, so with a table each type that needs an adapter has one.

(module
  (type $pair (func (result i32 i32)))
  (type $single (func (result i32)))
  (table 1 funcref))

;; CHECK: define hidden { i32, i32 } @wasmc.adapter.0(
