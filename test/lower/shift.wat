;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; Shift counts are taken modulo the width.

(module (func (export "f") (param i64 i64) (result i64) (i64.shr_s (local.get 0) (local.get 1))))

;; CHECK:      %[[COUNT:.*]] = and i64 %2, 63
;; CHECK-NEXT: ashr i64 %1, %[[COUNT]]
