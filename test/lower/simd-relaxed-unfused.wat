;; RUN: %wasmc %s --target=x86_64-linux-gnu --emit=s -o - | grep -v '^[[:space:]]*[.]' | FileCheck %s --check-prefix=X86
;; Without FMA in the CPU setting, madd is a multiplication and an addition.

(module (memory 1)
  (func (export "f0") (param v128 v128 v128) (result v128)
    (f32x4.relaxed_madd (local.get 0) (local.get 1) (local.get 2))))

;; X86-LABEL: wasm.0.f0:
;; X86-NEXT:  mulps
;; X86-NEXT:  addps
;; X86-NEXT:  retq
