;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; A counter that ends at zero, plus the end of an array: addresses get one counter in 64 bits, without
;; masks, because they provably do not wrap around.

(module (memory 1)
  (func (export "f") (local $i i32)
    (local.set $i (i32.const -4096))
    (loop $again
      (i32.store (i32.add (local.get $i) (i32.const 5000)) (i32.const 1))
      (i32.store (i32.add (local.get $i) (i32.const 5004)) (i32.const 2))
      (br_if $again (local.tee $i (i32.add (local.get $i) (i32.const 8)))))))

;; CHECK-LABEL: define {{.*}} @wasm.0.f(
;; CHECK:       %index = phi i64 [ 904, %body ], [ %index.next, %loop ]
;; CHECK:       getelementptr inbounds nuw i8, ptr %base, i64 %index,
;; CHECK:       %[[SECOND:.*]] = add nuw nsw i64 %index, 4
;; CHECK:       getelementptr inbounds nuw i8, ptr %base, i64 %[[SECOND]]
;; CHECK:       %index.next = add nuw nsw i64 %index, 8
