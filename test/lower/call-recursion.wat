;; RUN: %wasmc %s -O3 --emit=ll -o - | FileCheck %s
;; Infinite recursion exhausts the stack: it does not become a loop.

(module (func $f (export "f") (call $f)))

;; CHECK-LABEL: define {{.*}} @wasm.0.f(
;; CHECK:       notail call void @wasm.0.f(
;; CHECK-NEXT:  ret void
