;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; Atomic loads and stores are sequentially consistent, and aligned to their size.

(module (memory 1 1 shared)
  (func (export "f") (param i32 i64)
    (i64.atomic.store16 (local.get 0) (i64.atomic.load32_u (local.get 0)))
    (atomic.fence)))

;; CHECK:      %[[VALUE:.*]] = load atomic i32, ptr %{{.*}} seq_cst, align 4
;; CHECK-NEXT: %[[WIDE:.*]] = zext i32 %[[VALUE]] to i64
;; CHECK-NEXT: %[[NARROW:.*]] = trunc i64 %[[WIDE]] to i16
;; CHECK:      store atomic i16 %[[NARROW]], ptr %{{.*}} seq_cst, align 2
;; CHECK-NEXT: fence seq_cst
