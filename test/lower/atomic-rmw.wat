;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; Each read-modify-write is one instruction of LLVM, of the width of the access; its result is extended.
;; It is volatile: one that changes nothing must trap, too.

(module (memory 1 1 shared)
  (func (export "f") (param i32 i64) (result i64)
    (drop (i64.atomic.rmw.sub (local.get 0) (local.get 1)))
    (drop (i64.atomic.rmw32.xchg_u (local.get 0) (local.get 1)))
    (i64.atomic.rmw8.or_u (local.get 0) (local.get 1))))

;; CHECK:      atomicrmw volatile sub ptr %{{.*}}, i64 %2 seq_cst, align 8
;; CHECK:      atomicrmw volatile xchg ptr %{{.*}}, i32 %{{.*}} seq_cst, align 4
;; CHECK:      %[[OLD:.*]] = atomicrmw volatile or ptr %{{.*}}, i8 %{{.*}} seq_cst, align 1
;; CHECK-NEXT: zext i8 %[[OLD]] to i64
