;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; Two results are a struct; three and more go through a pointer to slots of 16 bytes.

(module
  (func $two (export "two") (result i32 i64) (i32.const 1) (i64.const 2))
  (func $three (export "three") (result i32 i64 f32) (i32.const 1) (i64.const 2) (f32.const 3))
  (func (export "f") (result f32) (call $two) (drop) (drop) (call $three) (return)))

;; CHECK-LABEL: define {{.*}} { i32, i64 } @wasm.0.two(ptr {{.*}}%0)
;; CHECK-LABEL: define {{.*}} void @wasm.1.three(ptr {{.*}}%0, ptr {{.*}}%1)
;; CHECK:       store i32 %{{.*}}, ptr %1, align 16
;; CHECK:       store i64 %{{.*}}, ptr %{{.*}}, align 16
;; CHECK-LABEL: define {{.*}} float @wasm.2.f(
;; CHECK:       %results = alloca [6 x i64], align 16
;; CHECK:       call {{.*}}{ i32, i64 } @wasm.0.two(
;; CHECK:       call {{.*}}void @wasm.1.three({{.*}}%results)
