;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; call_indirect checks bounds and type; only after a mismatch it asks whether the element is null.

(module (table 10 funcref) (type $t (func (param i32) (result i32)))
  (func (export "f") (param i32 i32) (result i32)
    (call_indirect (type $t) (local.get 0) (local.get 1))))

;; CHECK:      icmp uge i64
;; CHECK:      call void @llvm.ubsantrap(i8 4)
;; CHECK:      getelementptr inbounds nuw [32 x i8]
;; CHECK:      %[[FOUND:.*]] = load i32
;; CHECK:      icmp ne i32 %[[FOUND]], %{{.*}}
;; CHECK:      icmp eq i32 %[[FOUND]], 0
;; CHECK:      call void @llvm.ubsantrap(i8 5)
;; CHECK:      call void @llvm.ubsantrap(i8 6)
;; CHECK:      notail call noundef i32 %
