;; RUN: %wasmc %s -O3 --emit=ll -o - | FileCheck %s
;; An operation that LLVM would replace by its operand still makes a signalling NaN quiet.

(module
  (func (export "mul") (param f32) (result f32) (f32.mul (local.get 0) (f32.const 1)))
  (func (export "add") (param f64) (result f64) (f64.add (local.get 0) (f64.const -0)))
  (func (export "demote") (param f32) (result f32) (f32.demote_f64 (f64.promote_f32 (local.get 0)))))

;; CHECK-LABEL: @wasm.0.mul(
;; CHECK:       call float @llvm.canonicalize.f32(float
;; CHECK-LABEL: @wasm.1.add(
;; CHECK:       call double @llvm.canonicalize.f64(double
;; CHECK-LABEL: @wasm.2.demote(
;; CHECK:       call float @llvm.canonicalize.f32(float
