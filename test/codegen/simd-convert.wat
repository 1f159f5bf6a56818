;; RUN: %instructions %s --target=x86_64-linux-gnu | FileCheck %s --match-full-lines --check-prefix=SSE
;; RUN: %instructions %s --target=x86_64-linux-gnu --cpu=x86-64-v3 | FileCheck %s --match-full-lines --check-prefixes=AVX,AVX2
;; RUN: %instructions %s --target=x86_64-linux-gnu --cpu=x86-64-v4 | FileCheck %s --match-full-lines --check-prefixes=AVX,AVX512
;; RUN: %instructions %s --target=aarch64-linux-gnu | FileCheck %s --match-full-lines --check-prefix=ARM
;; Conversions saturate without branches and without lanes of their own.

(module
  (func (export "i32x4.trunc_sat_f32x4_s") (param v128) (result v128) (i32x4.trunc_sat_f32x4_s (local.get 0)))
;; SSE: i32x4.trunc_sat_f32x4_s: xorps cmpordps andps movaps cvttps2dq cmpleps xorps
;; AVX2: i32x4.trunc_sat_f32x4_s: vxorps vcmpordps vandps vbroadcastss vcvttps2dq vcmpleps vxorps
;; AVX512: i32x4.trunc_sat_f32x4_s: vxorps vcmpordps vmovaps vbroadcastss vcvttps2dq vcmpleps vxorps
;; ARM: i32x4.trunc_sat_f32x4_s: fcvtzs
  (func (export "i32x4.trunc_sat_f32x4_u") (param v128) (result v128) (i32x4.trunc_sat_f32x4_u (local.get 0)))
;; SSE: i32x4.trunc_sat_f32x4_u: xorps maxps cvttps2dq addps movaps cvttps2dq cmpleps xorps pmaxsd paddd
;; AVX2: i32x4.trunc_sat_f32x4_u: vxorps vmaxps vcvttps2dq vbroadcastss vaddps vbroadcastss vcvttps2dq vcmpleps vxorps vpmaxsd vpaddd
;; AVX512: i32x4.trunc_sat_f32x4_u: vxorps vmaxps vcvttps2udq
;; ARM: i32x4.trunc_sat_f32x4_u: fcvtzu
  (func (export "i32x4.trunc_sat_f64x2_s_zero") (param v128) (result v128)
    (i32x4.trunc_sat_f64x2_s_zero (local.get 0)))
;; SSE: i32x4.trunc_sat_f64x2_s_zero: xorpd cmpordpd andpd minpd cvttpd2dq
;; AVX2: i32x4.trunc_sat_f64x2_s_zero: vxorpd vcmpordpd vandpd vminpd vcvttpd2dq
;; AVX512: i32x4.trunc_sat_f64x2_s_zero: vxorpd vcmpordpd vmovddup vminpd vcvttpd2dq
;; ARM: i32x4.trunc_sat_f64x2_s_zero: fcvtzs sqxtn
  (func (export "i32x4.trunc_sat_f64x2_u_zero") (param v128) (result v128)
    (i32x4.trunc_sat_f64x2_u_zero (local.get 0)))
;; SSE: i32x4.trunc_sat_f64x2_u_zero: xorpd maxpd minpd roundpd addpd insertps
;; AVX2: i32x4.trunc_sat_f64x2_u_zero: vxorpd vmaxpd vminpd vroundpd vaddpd vinsertps
;; AVX512: i32x4.trunc_sat_f64x2_u_zero: vxorpd vmaxpd vcvttpd2udq
;; ARM: i32x4.trunc_sat_f64x2_u_zero: fcvtzu uqxtn
  (func (export "f32x4.convert_i32x4_s") (param v128) (result v128) (f32x4.convert_i32x4_s (local.get 0)))
;; SSE: f32x4.convert_i32x4_s: cvtdq2ps
;; AVX: f32x4.convert_i32x4_s: vcvtdq2ps
;; ARM: f32x4.convert_i32x4_s: scvtf
  (func (export "f32x4.convert_i32x4_u") (param v128) (result v128) (f32x4.convert_i32x4_u (local.get 0)))
;; SSE: f32x4.convert_i32x4_u: movdqa pblendw psrld pblendw subps addps
;; AVX2: f32x4.convert_i32x4_u: vpbroadcastd vpblendw vpsrld vpbroadcastd vpblendw vbroadcastss vsubps vaddps
;; AVX512: f32x4.convert_i32x4_u: vcvtudq2ps
;; ARM: f32x4.convert_i32x4_u: ucvtf
  (func (export "f64x2.convert_low_i32x4_s") (param v128) (result v128) (f64x2.convert_low_i32x4_s (local.get 0)))
;; SSE: f64x2.convert_low_i32x4_s: cvtdq2pd
;; AVX: f64x2.convert_low_i32x4_s: vcvtdq2pd
;; ARM: f64x2.convert_low_i32x4_s: sshll scvtf
  (func (export "f64x2.convert_low_i32x4_u") (param v128) (result v128) (f64x2.convert_low_i32x4_u (local.get 0)))
;; SSE: f64x2.convert_low_i32x4_u: pmovzxdq movdqa por subpd
;; AVX2: f64x2.convert_low_i32x4_u: vpmovzxdq vpbroadcastq vpor vsubpd
;; AVX512: f64x2.convert_low_i32x4_u: vcvtudq2pd
;; ARM: f64x2.convert_low_i32x4_u: ushll ucvtf
  (func (export "f32x4.demote_f64x2_zero") (param v128) (result v128) (f32x4.demote_f64x2_zero (local.get 0)))
;; SSE: f32x4.demote_f64x2_zero: cvtpd2ps
;; AVX: f32x4.demote_f64x2_zero: vcvtpd2ps
;; ARM: f32x4.demote_f64x2_zero: fcvtn
  (func (export "f64x2.promote_low_f32x4") (param v128) (result v128) (f64x2.promote_low_f32x4 (local.get 0)))
;; SSE: f64x2.promote_low_f32x4: cvtps2pd
;; AVX: f64x2.promote_low_f32x4: vcvtps2pd
;; ARM: f64x2.promote_low_f32x4: fcvtl
)
