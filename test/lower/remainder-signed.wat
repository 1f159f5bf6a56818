;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; rem_s by -1 is 0 for every dividend, without the overflow that srem has.

(module (func (export "f") (param i32 i32) (result i32) (i32.rem_s (local.get 0) (local.get 1))))

;; CHECK:      call void @llvm.ubsantrap(i8 7)
;; CHECK:      %[[MINUS:.*]] = icmp eq i32 %2, -1
;; CHECK-NEXT: %[[SAFE:.*]] = select i1 %[[MINUS]], i32 1, i32 %2
;; CHECK-NEXT: srem i32 %1, %[[SAFE]]
