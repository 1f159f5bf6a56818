;; RUN: %wasmc %s --emit=ll-unopt -o - --target=x86_64-linux-gnu | FileCheck %s
;; An imported function is jumped to where the C convention passes its parameters in registers; else it needs an
;; entry for tail calls, and without one an ordinary call is made.

(module
  (import "m" "few" (func $few (param f64)))
  (import "m" "many" (func $many (param i64 i64 i64 i64 i64 i64)))
  (func (export "a") (return_call $few (f64.const 0)))
  (func (export "b") (return_call $many (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4) (i64.const 5) (i64.const 6))))

;; CHECK-LABEL: define hidden void @wasm.2.a(
;; CHECK-NOT:  icmp
;; CHECK:      musttail call void %
;; CHECK-LABEL: define hidden void @wasm.3.b(
;; CHECK:      icmp eq ptr %[[TAIL:[0-9]+]], null
;; CHECK:      notail call void %{{.*}}(ptr noundef nonnull %{{.*}}, i64 noundef 1, {{.*}}i64 noundef 6)
;; CHECK:      musttail call void %[[TAIL]](
