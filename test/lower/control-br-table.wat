;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; A br_table to one label several times, with a value, is valid IR: a phi operand an edge.

(module
  (func (export "f") (param i32) (result i32)
    (block $a (result i32)
      (block $b (result i32)
        (br_table $a $b $a $b (i32.const 7) (local.get 0)))
      (i32.add (i32.const 1)))))

;; CHECK:      switch i32 %1, label %[[B:.*]] [
;; CHECK-NEXT: i32 0, label %[[A:.*]]
;; CHECK-NEXT: i32 2, label %[[A]]
;; CHECK-NEXT: ]
;; CHECK:      [[A]]:
;; CHECK-NEXT: phi i32 [ 7, %body ], [ 7, %body ], [ %{{.*}}, %[[B]] ]
