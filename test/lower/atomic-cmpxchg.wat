;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; A narrow access compares as many bits of the expected value as it loads.

(module (memory 1 1 shared)
  (func (export "f") (param i32 i32 i32) (result i32)
    (i32.atomic.rmw8.cmpxchg_u (local.get 0) (local.get 1) (local.get 2))))

;; CHECK:      %[[NEW:.*]] = trunc i32 %3 to i8
;; CHECK-NEXT: %[[EXPECTED:.*]] = trunc i32 %2 to i8
;; CHECK:      cmpxchg ptr %{{.*}}, i8 %[[EXPECTED]], i8 %[[NEW]] seq_cst seq_cst, align 1
