;; RUN: %wasmc %s -O2 --emit=ll -o - | FileCheck %s
;; Imported mutable globals may be the same one; a defined global is not one of them.

(module (import "m" "a" (global $a (mut i32))) (import "m" "b" (global $b (mut i32)))
  (global $own (mut i32) (i32.const 0))
  (func (export "f") (result i32)
    (global.set $own (i32.const 3))
    (global.set $a (i32.const 1))
    (global.set $b (i32.const 2))
    (i32.add (global.get $a) (global.get $own))))

;; CHECK:      store i32 1
;; CHECK:      store i32 2
;; CHECK:      %[[A:.*]] = load i32
;; CHECK-NEXT: add i32 %[[A]], 3
