;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; A C function with at most one result is called as a wasm function is: no adapter.

(module
  (import "m" "f" (func (param i32 i64 f32 f64 externref i32 i32 i32 i32 i32) (result i64))))

;; CHECK-NOT: @wasmc.adapter
