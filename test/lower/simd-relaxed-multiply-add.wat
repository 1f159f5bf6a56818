;; RUN: %wasmc %s --target=x86_64-linux-gnu --cpu=x86-64-v3 --emit=s -o - | grep -v '^[[:space:]]*[.]' | FileCheck %s --check-prefix=X86
;; RUN: %wasmc %s --target=aarch64-linux-gnu --emit=s -o - | grep -v '^[[:space:]]*[.]' | FileCheck %s --check-prefix=ARM
;; madd and nmadd are fused where the CPU setting has the instruction.

(module (memory 1)
  (func (export "f0") (param v128 v128 v128) (result v128)
    (f32x4.relaxed_madd (local.get 0) (local.get 1) (local.get 2)))
  (func (export "f1") (param v128 v128 v128) (result v128)
    (f64x2.relaxed_nmadd (local.get 0) (local.get 1) (local.get 2))))

;; X86-LABEL: wasm.0.f0:
;; X86-NEXT:  vfmadd213ps
;; X86-NEXT:  retq
;; X86-LABEL: wasm.1.f1:
;; X86-NEXT:  vfnmadd213pd
;; X86-NEXT:  retq

;; ARM-LABEL: wasm.0.f0:
;; ARM-NEXT:  fmla
;; ARM-NEXT:  mov
;; ARM-NEXT:  ret
;; ARM-LABEL: wasm.1.f1:
;; ARM-NEXT:  fmls
;; ARM-NEXT:  mov
;; ARM-NEXT:  ret
