;; RUN: %wasmc %s --target=riscv64-linux-gnu --emit=ll -o - | FileCheck %s
;; RISC-V: rounding to an integral number lets a NaN pass, so what comes out is made quiet.

(module
  (func (export "f") (param f64) (result f64) (f64.floor (local.get 0))))

;; CHECK:      %[[ROUNDED:.*]] = {{.*}}call double @llvm.floor.f64(double %1)
;; CHECK-NEXT: call double @llvm.canonicalize.f64(double %[[ROUNDED]])
