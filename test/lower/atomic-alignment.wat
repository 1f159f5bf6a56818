;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; An atomic access traps where index + offset is not aligned, before its bounds are looked at.

(module (memory i64 1 1 shared)
  (func (export "f") (param i64) (result i32) (i32.atomic.load offset=7 (local.get 0))))

;; CHECK:      %[[SUM:.*]] = add i64 %1, 3
;; CHECK-NEXT: %[[LOW:.*]] = and i64 %[[SUM]], 3
;; CHECK-NEXT: %[[ODD:.*]] = icmp ne i64 %[[LOW]], 0
;; CHECK-NEXT: br i1 %[[ODD]]
;; CHECK:      call void @llvm.ubsantrap(i8 11)
;; CHECK:      icmp uge i64 %1, 68719476736
