;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; Saturating truncation does not trap.

(module (func (export "f") (param f64) (result i64) (i64.trunc_sat_f64_u (local.get 0))))

;; CHECK-LABEL: define {{.*}} @wasm.0.f(
;; CHECK-NOT:   ubsantrap
;; CHECK:       call i64 @llvm.fptoui.sat.i64.f64(double %1)
