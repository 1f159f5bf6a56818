;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; Three results go through the caller's array, which the adapter hands on.

(module
  (import "m" "f" (func (result i32 i32 i32))))

;; CHECK:      define hidden void @wasmc.adapter.0(ptr noundef nonnull %slot, ptr noundef nonnull %0)
;; CHECK-NOT:  alloca
;; CHECK:      call void %native(ptr noundef nonnull %slot, ptr noundef nonnull %0)
;; CHECK-NEXT: ret void
