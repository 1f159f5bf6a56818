;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; Waiting is a builtin, which gets the sum of index and offset; a sum that wraps around traps before.

(module (memory i64 1 1 shared)
  (func (export "f") (param i64 i32 i64) (result i32)
    (memory.atomic.wait32 offset=8 (local.get 0) (local.get 1) (local.get 2))))

;; CHECK:      call void @llvm.ubsantrap(i8 11)
;; CHECK:      %[[SUM:.*]] = add i64 %1, 8
;; CHECK-NEXT: icmp ult i64 %[[SUM]], %1
;; CHECK:      call void @llvm.ubsantrap(i8 2)
;; CHECK:      call i32 %{{.*}}(ptr %0, i32 0, i64 %[[SUM]], i32 %2, i64 %3)
