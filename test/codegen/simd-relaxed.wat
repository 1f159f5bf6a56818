;; RUN: %instructions %s --target=x86_64-linux-gnu | FileCheck %s --match-full-lines --check-prefix=SSE
;; RUN: %instructions %s --target=x86_64-linux-gnu --cpu=x86-64-v3 | FileCheck %s --match-full-lines --check-prefixes=AVX,AVX2
;; RUN: %instructions %s --target=x86_64-linux-gnu --cpu=x86-64-v4 | FileCheck %s --match-full-lines --check-prefixes=AVX,AVX512
;; RUN: %instructions %s --target=aarch64-linux-gnu | FileCheck %s --match-full-lines --check-prefix=ARM
;; Relaxed instructions are what the machine has.

(module
  (func (export "i8x16.relaxed_swizzle") (param v128 v128) (result v128)
    (i8x16.relaxed_swizzle (local.get 0) (local.get 1)))
;; SSE: i8x16.relaxed_swizzle: pshufb
;; AVX: i8x16.relaxed_swizzle: vpshufb
;; ARM: i8x16.relaxed_swizzle: tbl
  (func (export "f32x4.relaxed_min") (param v128 v128) (result v128) (f32x4.relaxed_min (local.get 0) (local.get 1)))
;; SSE: f32x4.relaxed_min: minps
;; AVX: f32x4.relaxed_min: vminps
;; ARM: f32x4.relaxed_min: fmin
  (func (export "f64x2.relaxed_max") (param v128 v128) (result v128) (f64x2.relaxed_max (local.get 0) (local.get 1)))
;; SSE: f64x2.relaxed_max: maxpd
;; AVX: f64x2.relaxed_max: vmaxpd
;; ARM: f64x2.relaxed_max: fmax
  (func (export "i16x8.relaxed_q15mulr_s") (param v128 v128) (result v128)
    (i16x8.relaxed_q15mulr_s (local.get 0) (local.get 1)))
;; SSE: i16x8.relaxed_q15mulr_s: pmulhrsw
;; AVX: i16x8.relaxed_q15mulr_s: vpmulhrsw
;; ARM: i16x8.relaxed_q15mulr_s: sqrdmulh
  (func (export "i16x8.dot_i8x16_i7x16_s") (param v128 v128) (result v128)
    (i16x8.dot_i8x16_i7x16_s (local.get 0) (local.get 1)))
;; SSE: i16x8.dot_i8x16_i7x16_s: pmaddubsw
;; AVX: i16x8.dot_i8x16_i7x16_s: vpmaddubsw
;; ARM: i16x8.dot_i8x16_i7x16_s: smull2 smull addp
  (func (export "i32x4.dot_i8x16_i7x16_add_s") (param v128 v128 v128) (result v128)
    (i32x4.dot_i8x16_i7x16_add_s (local.get 0) (local.get 1) (local.get 2)))
;; SSE: i32x4.dot_i8x16_i7x16_add_s: pmaddubsw pmaddwd paddd
;; AVX: i32x4.dot_i8x16_i7x16_add_s: vpmaddubsw vpmaddwd vpaddd
;; ARM: i32x4.dot_i8x16_i7x16_add_s: smull2 smull addp sadalp
  (func (export "f32x4.relaxed_madd") (param v128 v128 v128) (result v128)
    (f32x4.relaxed_madd (local.get 0) (local.get 1) (local.get 2)))
;; SSE: f32x4.relaxed_madd: mulps addps
;; AVX: f32x4.relaxed_madd: vfmadd213ps
;; ARM: f32x4.relaxed_madd: fmla
  (func (export "f64x2.relaxed_nmadd") (param v128 v128 v128) (result v128)
    (f64x2.relaxed_nmadd (local.get 0) (local.get 1) (local.get 2)))
;; SSE: f64x2.relaxed_nmadd: mulpd subpd
;; AVX: f64x2.relaxed_nmadd: vfnmadd213pd
;; ARM: f64x2.relaxed_nmadd: fmls
  (func (export "i8x16.relaxed_laneselect") (param v128 v128 v128) (result v128)
    (i8x16.relaxed_laneselect (local.get 0) (local.get 1) (local.get 2)))
;; SSE: i8x16.relaxed_laneselect: pblendvb
;; AVX2: i8x16.relaxed_laneselect: vpblendvb
;; AVX512: i8x16.relaxed_laneselect: vpmovb2m vpblendmb
;; ARM: i8x16.relaxed_laneselect: bif
  (func (export "i32x4.relaxed_laneselect") (param v128 v128 v128) (result v128)
    (i32x4.relaxed_laneselect (local.get 0) (local.get 1) (local.get 2)))
;; SSE: i32x4.relaxed_laneselect: blendvps
;; AVX2: i32x4.relaxed_laneselect: vblendvps
;; AVX512: i32x4.relaxed_laneselect: vpmovd2m vpblendmd
;; ARM: i32x4.relaxed_laneselect: bif
  (func (export "i32x4.relaxed_trunc_f32x4_s") (param v128) (result v128) (i32x4.relaxed_trunc_f32x4_s (local.get 0)))
;; SSE: i32x4.relaxed_trunc_f32x4_s: cvttps2dq
;; AVX: i32x4.relaxed_trunc_f32x4_s: vcvttps2dq
;; ARM: i32x4.relaxed_trunc_f32x4_s: fcvtzs
  (func (export "i32x4.relaxed_trunc_f32x4_u") (param v128) (result v128) (i32x4.relaxed_trunc_f32x4_u (local.get 0)))
;; SSE: i32x4.relaxed_trunc_f32x4_u: xorps maxps cvttps2dq addps movaps cvttps2dq cmpleps xorps pmaxsd paddd
;; AVX2: i32x4.relaxed_trunc_f32x4_u: vxorps vmaxps vcvttps2dq vbroadcastss vaddps vbroadcastss vcvttps2dq vcmpleps vxorps vpmaxsd vpaddd
;; AVX512: i32x4.relaxed_trunc_f32x4_u: vxorps vmaxps vcvttps2udq
;; ARM: i32x4.relaxed_trunc_f32x4_u: fcvtzu
  (func (export "i32x4.relaxed_trunc_f64x2_s_zero") (param v128) (result v128)
    (i32x4.relaxed_trunc_f64x2_s_zero (local.get 0)))
;; SSE: i32x4.relaxed_trunc_f64x2_s_zero: cvttpd2dq
;; AVX: i32x4.relaxed_trunc_f64x2_s_zero: vcvttpd2dq
;; ARM: i32x4.relaxed_trunc_f64x2_s_zero: fcvtzs sqxtn
)
