;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; table.set copies what calls need out of the reference, and zeros where it is null.

(module (table 10 funcref)
  (func (export "f") (param i32 funcref) (table.set 0 (local.get 0) (local.get 1))))

;; CHECK:      %[[NULL:.*]] = icmp eq ptr %2, null
;; CHECK-NEXT: %[[FROM:.*]] = select i1 %[[NULL]], ptr @wasmc.null_func_ref, ptr %2
;; CHECK-NEXT: %[[CODE:.*]] = load ptr, ptr %[[FROM]]
;; CHECK:      store ptr %[[CODE]], ptr %[[ENTRY:.*]], align
;; CHECK:      load i32
;; CHECK:      store i32
;; CHECK:      store ptr %2
