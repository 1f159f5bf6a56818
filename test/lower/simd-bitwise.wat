;; RUN: %wasmc %s --target=x86_64-linux-gnu --emit=s -o - | grep -v '^[[:space:]]*[.]' | FileCheck %s --check-prefix=X86
;; RUN: %wasmc %s --target=aarch64-linux-gnu --emit=s -o - | grep -v '^[[:space:]]*[.]' | FileCheck %s --check-prefix=ARM
;; Bitwise operations of three inputs.

(module (memory 1)
  (func (export "f0") (param v128 v128 v128) (result v128)
    (v128.bitselect (local.get 0) (local.get 1) (local.get 2)))
  (func (export "f1") (param v128 v128) (result v128)
    (v128.andnot (local.get 0) (local.get 1))))

;; X86-LABEL: wasm.0.f0:
;; X86-NEXT:  andps
;; X86-NEXT:  andnps
;; X86-NEXT:  orps
;; X86-NEXT:  retq
;; X86-LABEL: wasm.1.f1:
;; X86-NEXT:  andnps
;; X86-NEXT:  movaps
;; X86-NEXT:  retq

;; ARM-LABEL: wasm.0.f0:
;; ARM-NEXT:  bif
;; ARM-NEXT:  ret
;; ARM-LABEL: wasm.1.f1:
;; ARM-NEXT:  bic
;; ARM-NEXT:  ret
