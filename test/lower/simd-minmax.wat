;; RUN: %wasmc %s --target=x86_64-linux-gnu --cpu=x86-64-v3 --emit=s -o - | grep -v '^[[:space:]]*[.]' | FileCheck %s --check-prefix=X86
;; RUN: %wasmc %s --target=aarch64-linux-gnu --emit=s -o - | grep -v '^[[:space:]]*[.]' | FileCheck %s --check-prefix=ARM
;; min takes both orders of x86's MIN, pmin one; AArch64 has the first.

(module (memory 1)
  (func (export "f0") (param v128 v128) (result v128)
    (f32x4.min (local.get 0) (local.get 1)))
  (func (export "f1") (param v128 v128) (result v128)
    (f32x4.pmin (local.get 0) (local.get 1))))

;; X86-LABEL: wasm.0.f0:
;; X86-NEXT:  vcmpunordps
;; X86-NEXT:  vaddps
;; X86-NEXT:  vminps
;; X86-NEXT:  vminps
;; X86-NEXT:  vorps
;; X86-NEXT:  vblendvps
;; X86-NEXT:  retq
;; X86-LABEL: wasm.1.f1:
;; X86-NEXT:  vminps
;; X86-NEXT:  retq

;; ARM-LABEL: wasm.0.f0:
;; ARM-NEXT:  fmin
;; ARM-NEXT:  ret
;; ARM-LABEL: wasm.1.f1:
;; ARM-NEXT:  fcmgt
;; ARM-NEXT:  bit
;; ARM-NEXT:  ret
