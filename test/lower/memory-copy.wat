;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; memory.copy checks both ranges against the current size, then moves.

(module (memory 1)
  (func (export "f") (param $d i32) (param $s i32) (param $n i32)
    (memory.copy (local.get $d) (local.get $s) (local.get $n))))

;; CHECK:      %[[END:[0-9]+]] = add i64 %{{.*}}, %[[N:[0-9]+]]
;; CHECK-NEXT: icmp ugt i64 %[[END]],
;; CHECK:      call void @llvm.ubsantrap(i8 2)
;; CHECK:      %[[SEND:[0-9]+]] = add i64 %{{.*}}, %[[N]]
;; CHECK-NEXT: icmp ugt i64 %[[SEND]],
;; CHECK:      call void @llvm.ubsantrap(i8 2)
;; CHECK:      call void @llvm.memmove.p0.p0.i64({{.*}}i64 %[[N]], i1 false)
