;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; Truncation of a NaN and of a float out of range are different traps.

(module (func (export "f") (param f64) (result i32) (i32.trunc_f64_s (local.get 0))))

;; CHECK: fcmp uno double %1, {{%1|0.000000e\+00}}
;; CHECK: call void @llvm.ubsantrap(i8 9)
;; CHECK: call void @llvm.ubsantrap(i8 8)
;; CHECK: fptosi double %1 to i32
