;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; Bytes are always aligned.

(module (memory 1 1 shared)
  (func (export "f") (param i32) (result i32) (i32.atomic.load8_u (local.get 0))))

;; CHECK-NOT: ubsantrap
;; CHECK:     load atomic i8, ptr %{{.*}} seq_cst, align 1
