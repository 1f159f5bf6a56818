;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; memory.grow is a builtin, called through the table that the instance points to; memory.size is
;; pages.

(module (memory 1)
  (func (export "f") (param i32) (result i32)
    (drop (memory.grow (local.get 0)))
    (memory.size)))

;; CHECK:      %[[TABLE:.*]] = load ptr, ptr %0, {{.*}}!invariant.load
;; CHECK:      %[[CODE:.*]] = load ptr, ptr %{{.*}}, {{.*}}!invariant.load
;; CHECK-NEXT: notail call i64 %[[CODE]](ptr %0, i32 0, i64 %
;; CHECK:      %[[SIZE:.*]] = load i64, ptr
;; CHECK:      lshr i64 %[[SIZE]], 16
