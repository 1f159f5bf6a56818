;; RUN: %wasmc %s --target=riscv64-linux-gnu --emit=ll-unopt -o - | FileCheck %s
;; Where C has no vector registers, a vector reaches a host function as clang passes one: as an integer of 128 bits.

(module
  (import "m" "f" (func (param v128) (result v128))))

;; CHECK:      define hidden noundef <16 x i8> @wasmc.adapter.0(ptr noundef nonnull %slot, <16 x i8> noundef %0)
;; CHECK:      %[[ARGUMENT:.*]] = bitcast <16 x i8> %0 to i128
;; CHECK:      %[[RESULT:.*]] = call noundef i128 %native(ptr noundef nonnull %slot, i128 noundef %[[ARGUMENT]])
;; CHECK-NEXT: %[[VECTOR:.*]] = bitcast i128 %[[RESULT]] to <16 x i8>
;; CHECK-NEXT: ret <16 x i8> %[[VECTOR]]
