;; RUN: %wasmc %s --target=x86_64-linux-gnu --cpu=x86-64-v3 --emit=s -o - | grep -v '^[[:space:]]*[.]' | FileCheck %s --check-prefix=X86
;; Loads that splat, extend or zero take their operand from memory.

(module (memory 1)
  (func (export "f0") (param i32) (result v128)
    (v128.load32_splat (local.get 0)))
  (func (export "f1") (param i32) (result v128)
    (v128.load8x8_u (local.get 0)))
  (func (export "f2") (param i32) (result v128)
    (v128.load64_zero (local.get 0))))

;; X86-LABEL: wasm.0.f0:
;; X86-NEXT:  movq
;; X86-NEXT:  movl
;; X86-NEXT:  vbroadcastss
;; X86-NEXT:  retq
;; X86-LABEL: wasm.1.f1:
;; X86-NEXT:  movq
;; X86-NEXT:  movl
;; X86-NEXT:  vpmovzxbw
;; X86-NEXT:  retq
;; X86-LABEL: wasm.2.f2:
;; X86-NEXT:  movq
;; X86-NEXT:  movl
;; X86-NEXT:  vmovsd
;; X86-NEXT:  retq
