;; RUN: %instructions %s --target=x86_64-linux-gnu | FileCheck %s --match-full-lines --check-prefix=SSE
;; RUN: %instructions %s --target=x86_64-linux-gnu --cpu=x86-64-v3 | FileCheck %s --match-full-lines --check-prefixes=AVX,AVX2
;; RUN: %instructions %s --target=x86_64-linux-gnu --cpu=x86-64-v4 | FileCheck %s --match-full-lines --check-prefixes=AVX,AVX512
;; RUN: %instructions %s --target=aarch64-linux-gnu | FileCheck %s --match-full-lines --check-prefix=ARM
;; The minimum that wasm wants takes several instructions on x86-64, pmin one; rounding is one everywhere.

(module
  (func (export "f32x4.min") (param v128 v128) (result v128) (f32x4.min (local.get 0) (local.get 1)))
;; SSE: f32x4.min: cmpunordps addps minps minps orps blendvps
;; AVX2: f32x4.min: vcmpunordps vaddps vminps vminps vorps vblendvps
;; AVX512: f32x4.min: vcmpordps vaddps vrangeps
;; ARM: f32x4.min: fmin
  (func (export "f64x2.max") (param v128 v128) (result v128) (f64x2.max (local.get 0) (local.get 1)))
;; SSE: f64x2.max: cmpunordpd addpd maxpd maxpd andpd blendvpd
;; AVX2: f64x2.max: vcmpunordpd vaddpd vmaxpd vmaxpd vandpd vblendvpd
;; AVX512: f64x2.max: vcmpordpd vaddpd vrangepd
;; ARM: f64x2.max: fmax
  (func (export "f32x4.pmin") (param v128 v128) (result v128) (f32x4.pmin (local.get 0) (local.get 1)))
;; SSE: f32x4.pmin: minps
;; AVX: f32x4.pmin: vminps
;; ARM: f32x4.pmin: fcmgt bit
  (func (export "f64x2.pmax") (param v128 v128) (result v128) (f64x2.pmax (local.get 0) (local.get 1)))
;; SSE: f64x2.pmax: maxpd
;; AVX: f64x2.pmax: vmaxpd
;; ARM: f64x2.pmax: fcmgt bit
  (func (export "f32x4.abs") (param v128) (result v128) (f32x4.abs (local.get 0)))
;; SSE: f32x4.abs: andps
;; AVX: f32x4.abs: vbroadcastss vandps
;; ARM: f32x4.abs: fabs
  (func (export "f64x2.neg") (param v128) (result v128) (f64x2.neg (local.get 0)))
;; SSE: f64x2.neg: xorps
;; AVX2: f64x2.neg: vxorps
;; AVX512: f64x2.neg: vxorpd
;; ARM: f64x2.neg: fneg
  (func (export "f64x2.sqrt") (param v128) (result v128) (f64x2.sqrt (local.get 0)))
;; SSE: f64x2.sqrt: sqrtpd
;; AVX: f64x2.sqrt: vsqrtpd
;; ARM: f64x2.sqrt: fsqrt
  (func (export "f32x4.ceil") (param v128) (result v128) (f32x4.ceil (local.get 0)))
;; SSE: f32x4.ceil: roundps
;; AVX: f32x4.ceil: vroundps
;; ARM: f32x4.ceil: frintp
  (func (export "f64x2.floor") (param v128) (result v128) (f64x2.floor (local.get 0)))
;; SSE: f64x2.floor: roundpd
;; AVX: f64x2.floor: vroundpd
;; ARM: f64x2.floor: frintm
  (func (export "f32x4.trunc") (param v128) (result v128) (f32x4.trunc (local.get 0)))
;; SSE: f32x4.trunc: roundps
;; AVX: f32x4.trunc: vroundps
;; ARM: f32x4.trunc: frintz
  (func (export "f64x2.nearest") (param v128) (result v128) (f64x2.nearest (local.get 0)))
;; SSE: f64x2.nearest: roundpd
;; AVX: f64x2.nearest: vroundpd
;; ARM: f64x2.nearest: frintn
)
