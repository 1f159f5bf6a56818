;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; A call of a function of the module passes the own instance and stays a call in tail position.

(module
  (func $g (export "g") (param i32) (result i32) (local.get 0))
  (func (export "f") (param i32) (result i32) (call $g (local.get 0))))

;; CHECK-LABEL: define {{.*}} @wasm.1.f(
;; CHECK:       notail call noundef i32 @wasm.0.g(ptr noundef nonnull %0, i32 noundef %1)
