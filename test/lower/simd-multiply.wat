;; RUN: %wasmc %s --target=x86_64-linux-gnu --emit=s -o - | grep -v '^[[:space:]]*[.]' | FileCheck %s --check-prefix=X86
;; RUN: %wasmc %s --target=aarch64-linux-gnu --emit=s -o - | grep -v '^[[:space:]]*[.]' | FileCheck %s --check-prefix=ARM
;; Widening multiplication extends in registers; q15mulr saturates where PMULHRSW does not.

(module (memory 1)
  (func (export "f0") (param v128 v128) (result v128)
    (i16x8.extmul_low_i8x16_u (local.get 0) (local.get 1)))
  (func (export "f1") (param v128 v128) (result v128)
    (i16x8.q15mulr_sat_s (local.get 0) (local.get 1))))

;; X86-LABEL: wasm.0.f0:
;; X86-NEXT:  pmovzxbw
;; X86-NEXT:  pmovzxbw
;; X86-NEXT:  pmullw
;; X86-NEXT:  retq
;; X86-LABEL: wasm.1.f1:
;; X86-NEXT:  pmulhrsw
;; X86-NEXT:  movdqa
;; X86-NEXT:  pcmpeqw
;; X86-NEXT:  pxor
;; X86-NEXT:  retq

;; ARM-LABEL: wasm.0.f0:
;; ARM-NEXT:  umull
;; ARM-NEXT:  ret
;; ARM-LABEL: wasm.1.f1:
;; ARM-NEXT:  sqrdmulh
;; ARM-NEXT:  ret
