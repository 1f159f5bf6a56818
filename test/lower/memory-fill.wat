;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; memory.fill checks its range against the current size, then sets.

(module (memory 1)
  (func (export "f") (param $d i32) (param $v i32) (param $n i32)
    (memory.fill (local.get $d) (local.get $v) (local.get $n))))

;; CHECK:      %[[END:[0-9]+]] = add i64 %{{.*}}, %[[N:[0-9]+]]
;; CHECK-NEXT: icmp ugt i64 %[[END]],
;; CHECK:      call void @llvm.ubsantrap(i8 2)
;; CHECK:      call void @llvm.memset.p0.i64({{.*}}i64 %[[N]], i1 false)
