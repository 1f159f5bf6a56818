;; RUN: %wasmc %s --target=x86_64-linux-gnu --emit=ll-unopt -o - | FileCheck %s
;; On x86, min is two of its MIN, joined for zeros of different sign, and the sum for NaNs.

(module (func (export "f") (param f32 f32) (result f32) (f32.min (local.get 0) (local.get 1))))

;; CHECK:      %[[NAN:.*]] = fcmp uno float %1, %2
;; CHECK-NEXT: %[[SUM:.*]] = fadd float %1, %2
;; CHECK-NEXT: fcmp olt float %1, %2
;; CHECK:      fcmp olt float %2, %1
;; CHECK:      %[[BITS:.*]] = or i32
;; CHECK-NEXT: %[[MIN:.*]] = bitcast i32 %[[BITS]] to float
;; CHECK-NEXT: select i1 %[[NAN]], float %[[SUM]], float %[[MIN]]
