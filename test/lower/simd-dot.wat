;; RUN: %wasmc %s --target=x86_64-linux-gnu --emit=s -o - | grep -v '^[[:space:]]*[.]' | FileCheck %s --check-prefix=X86
;; RUN: %wasmc %s --target=aarch64-linux-gnu --emit=s -o - | grep -v '^[[:space:]]*[.]' | FileCheck %s --check-prefix=ARM
;; Dot products and pairwise sums are multiply-add on x86, pairwise additions on AArch64.

(module (memory 1)
  (func (export "f0") (param v128 v128) (result v128)
    (i32x4.dot_i16x8_s (local.get 0) (local.get 1)))
  (func (export "f1") (param v128) (result v128)
    (i16x8.extadd_pairwise_i8x16_u (local.get 0)))
  (func (export "f2") (param v128) (result v128)
    (i32x4.extadd_pairwise_i16x8_s (local.get 0))))

;; X86-LABEL: wasm.0.f0:
;; X86-NEXT:  pmaddwd
;; X86-NEXT:  retq
;; X86-LABEL: wasm.1.f1:
;; X86-NEXT:  pmaddubsw
;; X86-NEXT:  retq
;; X86-LABEL: wasm.2.f2:
;; X86-NEXT:  pmaddwd
;; X86-NEXT:  retq

;; ARM-LABEL: wasm.0.f0:
;; ARM-NEXT:  smull2
;; ARM-NEXT:  smull
;; ARM-NEXT:  addp
;; ARM-NEXT:  ret
;; ARM-LABEL: wasm.1.f1:
;; ARM-NEXT:  uaddlp
;; ARM-NEXT:  ret
;; ARM-LABEL: wasm.2.f2:
;; ARM-NEXT:  saddlp
;; ARM-NEXT:  ret
