;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; The size of a shared memory is read atomically, from where all who share it find it.

(module (memory 1 2 shared)
  (func (export "f") (result i32) (memory.size)))

;; CHECK:      %[[WHERE:.*]] = load ptr, ptr %{{.*}}, {{.*}}!invariant.load
;; CHECK-NEXT: %[[SIZE:.*]] = load atomic i64, ptr %[[WHERE]] seq_cst, align 8
;; CHECK-NEXT: lshr i64 %[[SIZE]], 16
