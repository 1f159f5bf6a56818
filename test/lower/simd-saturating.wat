;; RUN: %wasmc %s --target=x86_64-linux-gnu --emit=s -o - | grep -v '^[[:space:]]*[.]' | FileCheck %s --check-prefix=X86
;; RUN: %wasmc %s --target=aarch64-linux-gnu --emit=s -o - | grep -v '^[[:space:]]*[.]' | FileCheck %s --check-prefix=ARM
;; Saturating and averaging operations are one instruction each.

(module (memory 1)
  (func (export "f0") (param v128 v128) (result v128)
    (i8x16.add_sat_u (local.get 0) (local.get 1)))
  (func (export "f1") (param v128 v128) (result v128)
    (i16x8.sub_sat_s (local.get 0) (local.get 1)))
  (func (export "f2") (param v128 v128) (result v128)
    (i8x16.avgr_u (local.get 0) (local.get 1))))

;; X86-LABEL: wasm.0.f0:
;; X86-NEXT:  paddusb
;; X86-NEXT:  retq
;; X86-LABEL: wasm.1.f1:
;; X86-NEXT:  psubsw
;; X86-NEXT:  retq
;; X86-LABEL: wasm.2.f2:
;; X86-NEXT:  pavgb
;; X86-NEXT:  retq

;; ARM-LABEL: wasm.0.f0:
;; ARM-NEXT:  uqadd
;; ARM-NEXT:  ret
;; ARM-LABEL: wasm.1.f1:
;; ARM-NEXT:  sqsub
;; ARM-NEXT:  ret
;; ARM-LABEL: wasm.2.f2:
;; ARM-NEXT:  urhadd
;; ARM-NEXT:  ret
