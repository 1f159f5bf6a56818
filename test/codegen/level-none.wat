;; RUN: %wasmc %s -O0 --emit=ll -o - | FileCheck %s
;; -O0 inlines nothing.

(module
  (func $one (result i32) (i32.const 1))
  (func $f (export "f") (result i32) (call $one)))

;; CHECK-LABEL: define {{.*}} @wasm.1.f(
;; CHECK: call {{.*}} @wasm.0.one(
