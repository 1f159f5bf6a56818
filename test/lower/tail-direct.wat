;; RUN: %wasmc %s --emit=ll-unopt -o - --target=x86_64-linux-gnu | FileCheck %s
;; A tail call is a musttail call between functions of one prototype: the context and all argument registers.

(module
  (func $f (export "f") (param i32 f32) (result i32) (return_call $g (local.get 0)))
  (func $g (param i32) (result i32) (local.get 0)))

;; CHECK:      define hidden noundef i32 @wasm.0.f(ptr {{[^,]*}}, i64 %1, i64 %2, i64 %3, i64 %4, i64 %5, <16 x i8> %6, {{.*}}, <16 x i8> %13)
;; CHECK:      musttail call noundef i32 @wasm.1.g(ptr noundef nonnull %0, i64 %{{[0-9]+}}, i64 poison, {{.*}} <16 x i8> poison)
;; CHECK-NEXT: ret i32
