;; RUN: %wasmc %s --target=x86_64-linux-gnu --emit=s -o - | grep -v '^[[:space:]]*[.]' | FileCheck %s --check-prefix=X86
;; any_true and bitmask are single tests on x86.

(module (memory 1)
  (func (export "f0") (param v128) (result i32)
    (v128.any_true (local.get 0)))
  (func (export "f1") (param v128) (result i32)
    (i8x16.bitmask (local.get 0))))

;; X86-LABEL: wasm.0.f0:
;; X86-NEXT:  xorl
;; X86-NEXT:  ptest
;; X86-NEXT:  setne
;; X86-NEXT:  retq
;; X86-LABEL: wasm.1.f1:
;; X86-NEXT:  pmovmskb
;; X86-NEXT:  retq
