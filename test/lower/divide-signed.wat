;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; div_s traps on a zero divisor and on the quotient that does not fit.

(module (func (export "f") (param i64 i64) (result i64) (i64.div_s (local.get 0) (local.get 1))))

;; CHECK:      icmp eq i64 %2, 0
;; CHECK:      call void @llvm.ubsantrap(i8 7)
;; CHECK:      icmp eq i64 %2, -1
;; CHECK-NEXT: icmp eq i64 %1, -9223372036854775808
;; CHECK:      call void @llvm.ubsantrap(i8 8)
;; CHECK:      sdiv i64 %1, %2
