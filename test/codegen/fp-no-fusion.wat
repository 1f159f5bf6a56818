;; RUN: %wasmc %s --target=x86_64-linux-gnu --cpu=haswell -O3 --emit=s -o - | FileCheck %s
;; A multiplication and an addition round twice, as WebAssembly demands, even where the CPU could fuse them.

(module
  (func $f (export "f") (param f64 f64 f64) (result f64)
    (f64.add (f64.mul (local.get 0) (local.get 1)) (local.get 2))))

;; CHECK-LABEL: wasm.0.f:
;; CHECK-NOT: vfmadd
;; CHECK: vmulsd
;; CHECK: vaddsd
