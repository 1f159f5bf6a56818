;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; An imported function with two results is entered through an adapter, which gives the host's C function room for
;; two values and returns them.

(module
  (import "m" "f" (func (param i32) (result i64 f32))))

;; CHECK:      define hidden { i64, float } @wasmc.adapter.0(ptr noundef nonnull %slot, i32 noundef %0)
;; CHECK:      %results = alloca [32 x i8], align 16
;; CHECK:      %native = load ptr, ptr %{{.*}}, !invariant.load
;; CHECK-NEXT: call void %native(ptr noundef nonnull %slot, i32 noundef %0, ptr noundef nonnull %results)
;; CHECK:      load i64, ptr %results
;; CHECK:      ret { i64, float }
