;; RUN: %wasmc %s --emit=ll-unopt -o - --target=x86_64-linux-gnu | FileCheck %s
;; Parameters beyond the registers go through memory, which the callee reads first; who does not know that
;; enters it elsewhere.

(module
  (func (export "f") (param i64 i64 i64 i64 i64 i64 i64) (result i64)
    (return_call 0 (i64.const 0) (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4) (i64.const 5) (i64.const 6))))

;; CHECK-LABEL: define hidden noundef i64 @wasm.0.f(
;; CHECK:      %[[ARGS:[a-z_]+]] = load ptr, ptr %{{.*}}, !invariant.load
;; CHECK:      load i64, ptr %[[ARGS]], align 16
;; CHECK:      store i64 5, ptr %[[TO:.*]], align 16
;; CHECK:      store i64 6, ptr %{{.*}}, align 16
;; CHECK:      musttail call noundef i64 @wasm.0.f(ptr noundef nonnull %0, i64 0, i64 1, i64 2, i64 3, i64 4,
;; CHECK-LABEL: @wasmc.entry.0(ptr %0, i64 %1, {{.*}}, i64 %7)
;; CHECK:      tail call noundef i64 @wasm.0.f(
