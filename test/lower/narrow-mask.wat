;; RUN: %wasmc %s -O2 --emit=ll -o - | FileCheck %s
;; Arithmetic under a mask of a byte is done in bytes.

(module (memory 1)
  (func (export "is_digit") (param i32) (result i32)
    (i32.lt_u
      (i32.and (i32.add (i32.load8_u (local.get 0)) (i32.const -48)) (i32.const 255))
      (i32.const 10))))

;; CHECK:      %[[BYTE:.*]] = load i8
;; CHECK-NEXT: %[[DIGIT:.*]] = add i8 %[[BYTE]], -48
;; CHECK-NEXT: icmp ult i8 %[[DIGIT]], 10
