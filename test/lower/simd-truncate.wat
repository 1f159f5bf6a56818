;; RUN: %wasmc %s --target=x86_64-linux-gnu --emit=s -o - | grep -v '^[[:space:]]*[.]' | FileCheck %s --check-prefix=X86
;; RUN: %wasmc %s --target=aarch64-linux-gnu --emit=s -o - | grep -v '^[[:space:]]*[.]' | FileCheck %s --check-prefix=ARM
;; Saturating truncation does not go lane by lane.

(module (memory 1)
  (func (export "f0") (param v128) (result v128)
    (i32x4.trunc_sat_f32x4_s (local.get 0)))
  (func (export "f1") (param v128) (result v128)
    (i32x4.trunc_sat_f64x2_s_zero (local.get 0))))

;; X86-LABEL: wasm.0.f0:
;; X86-NEXT:  xorps
;; X86-NEXT:  cmpordps
;; X86-NEXT:  andps
;; X86-NEXT:  movaps
;; X86-NEXT:  cvttps2dq
;; X86-NEXT:  cmpleps
;; X86-NEXT:  xorps
;; X86-NEXT:  retq
;; X86-LABEL: wasm.1.f1:
;; X86-NEXT:  xorpd
;; X86-NEXT:  cmpordpd
;; X86-NEXT:  andpd
;; X86-NEXT:  minpd
;; X86-NEXT:  cvttpd2dq
;; X86-NEXT:  retq

;; ARM-LABEL: wasm.0.f0:
;; ARM-NEXT:  fcvtzs
;; ARM-NEXT:  ret
;; ARM-LABEL: wasm.1.f1:
;; ARM-NEXT:  fcvtzs
;; ARM-NEXT:  sqxtn
;; ARM-NEXT:  ret
