;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; Functions that are neither exported nor referenced are internal; the others are hidden.

(module (table funcref (elem $b))
  (func $a (param i32))
  (func $b)
  (func (export "c") (call $a (i32.const 1))))

;; CHECK-DAG: define internal void @wasm.0.a(
;; CHECK-DAG: define hidden void @wasm.1.b(
;; CHECK-DAG: define hidden void @wasm.2.c(
