;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; A table of external references is an array of pointers.

(module (table 10 externref)
  (func (export "f") (param i32 externref) (table.set 0 (local.get 0) (local.get 1))))

;; CHECK:      %[[ELEMENT:.*]] = getelementptr inbounds nuw [8 x i8]
;; CHECK-NEXT: store ptr %2, ptr %[[ELEMENT]]
