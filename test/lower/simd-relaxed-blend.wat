;; RUN: %wasmc %s --target=x86_64-linux-gnu --cpu=x86-64-v3 --emit=s -o - | grep -v '^[[:space:]]*[.]' | FileCheck %s --check-prefix=X86
;; RUN: %wasmc %s --target=aarch64-linux-gnu --emit=s -o - | grep -v '^[[:space:]]*[.]' | FileCheck %s --check-prefix=ARM
;; laneselect is a blend by signs on x86.

(module (memory 1)
  (func (export "f0") (param v128 v128 v128) (result v128)
    (i8x16.relaxed_laneselect (local.get 0) (local.get 1) (local.get 2))))

;; X86-LABEL: wasm.0.f0:
;; X86-NEXT:  vpblendvb
;; X86-NEXT:  retq

;; ARM-LABEL: wasm.0.f0:
;; ARM-NEXT:  bif
;; ARM-NEXT:  ret
