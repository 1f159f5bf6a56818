;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; Truncation accepts what truncates into range: bounds are exclusive where a float lies beyond the
;; integers.

(module
  (func (export "exact") (param f64) (result i32) (i32.trunc_f64_s (local.get 0)))
  (func (export "coarse") (param f32) (result i32) (i32.trunc_f32_s (local.get 0)))
  (func (export "unsigned") (param f64) (result i64) (i64.trunc_f64_u (local.get 0))))

;; CHECK: fcmp ogt double %1, 0xC1E0000000200000
;; CHECK: fcmp olt double %1, 0x41E0000000000000
;; CHECK: fcmp oge float %1, 0xC1E0000000000000
;; CHECK: fcmp olt float %1, 0x41E0000000000000
;; CHECK: fcmp ogt double %1, -1.000000e+00
;; CHECK: fcmp olt double %1, 0x43F0000000000000
