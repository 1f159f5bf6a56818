;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; A narrow access compares what it loads with all bits of the expected value: where these are too many, it
;; puts back what was there.

(module (memory 1 1 shared)
  (func (export "f") (param i32 i32 i32) (result i32)
    (i32.atomic.rmw8.cmpxchg_u (local.get 0) (local.get 1) (local.get 2))))

;; CHECK:      %[[NEW:.*]] = trunc i32 %3 to i8
;; CHECK-NEXT: %[[EXPECTED:.*]] = trunc i32 %2 to i8
;; CHECK-NEXT: %[[WIDE:.*]] = zext i8 %[[EXPECTED]] to i32
;; CHECK-NEXT: %[[FITS:.*]] = icmp eq i32 %[[WIDE]], %2
;; CHECK-NEXT: %[[STORED:.*]] = select i1 %[[FITS]], i8 %[[NEW]], i8 %[[EXPECTED]]
;; CHECK:      cmpxchg ptr %{{.*}}, i8 %[[EXPECTED]], i8 %[[STORED]] seq_cst seq_cst, align 1
