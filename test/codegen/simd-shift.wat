;; RUN: %instructions %s --target=x86_64-linux-gnu | FileCheck %s --match-full-lines --check-prefix=SSE
;; RUN: %instructions %s --target=x86_64-linux-gnu --cpu=x86-64-v3 | FileCheck %s --match-full-lines --check-prefixes=AVX,AVX2
;; RUN: %instructions %s --target=x86_64-linux-gnu --cpu=x86-64-v4 | FileCheck %s --match-full-lines --check-prefixes=AVX,AVX512
;; RUN: %instructions %s --target=aarch64-linux-gnu | FileCheck %s --match-full-lines --check-prefix=ARM
;; Shifts by a constant are one instruction; by a variable, which is taken modulo the width first, a few.

(module
  (func (export "i8x16.shl") (param v128 i32) (result v128) (i8x16.shl (local.get 0) (local.get 1)))
;; SSE: i8x16.shl: andl movd psllw pcmpeqd psllw pxor pshufb pand
;; AVX: i8x16.shl: andl vmovd vpsllw vpcmpeqd vpsllw vpbroadcastb vpand
;; ARM: i8x16.shl: and dup ushl
  (func (export "i8x16.shr_s") (param v128 i32) (result v128) (i8x16.shr_s (local.get 0) (local.get 1)))
;; SSE: i8x16.shr_s: andl orl punpcklbw movd psraw punpckhbw psraw packsswb
;; AVX: i8x16.shr_s: andl orl vpunpcklbw vmovd vpsraw vpunpckhbw vpsraw vpacksswb
;; ARM: i8x16.shr_s: and dup neg sshl
  (func (export "i8x16.shr_u") (param v128 i32) (result v128) (i8x16.shr_u (local.get 0) (local.get 1)))
;; SSE: i8x16.shr_u: andl movd psrlw pcmpeqd psrlw pshufb pand
;; AVX: i8x16.shr_u: andl vmovd vpsrlw vpcmpeqd vpsrlw vpshufb vpand
;; ARM: i8x16.shr_u: and dup neg ushl
  (func (export "i32x4.shl") (param v128 i32) (result v128) (i32x4.shl (local.get 0) (local.get 1)))
;; SSE: i32x4.shl: andl movd pslld
;; AVX: i32x4.shl: andl vmovd vpslld
;; ARM: i32x4.shl: and dup ushl
  (func (export "i32x4.shr_s") (param v128 i32) (result v128) (i32x4.shr_s (local.get 0) (local.get 1)))
;; SSE: i32x4.shr_s: andl movd psrad
;; AVX: i32x4.shr_s: andl vmovd vpsrad
;; ARM: i32x4.shr_s: and dup neg sshl
  (func (export "i32x4.shr_u") (param v128 i32) (result v128) (i32x4.shr_u (local.get 0) (local.get 1)))
;; SSE: i32x4.shr_u: andl movd psrld
;; AVX: i32x4.shr_u: andl vmovd vpsrld
;; ARM: i32x4.shr_u: and dup neg ushl
  (func (export "i64x2.shr_s") (param v128 i32) (result v128) (i64x2.shr_s (local.get 0) (local.get 1)))
;; SSE: i64x2.shr_s: andl movd movdqa psrlq psrlq pxor psubq
;; AVX2: i64x2.shr_s: andl vmovd vpbroadcastq vpsrlq vpsrlq vpxor vpsubq
;; AVX512: i64x2.shr_s: andl vmovd vpsraq
;; ARM: i64x2.shr_s: and dup neg sshl
  (func (export "i8x16.shl_by3") (param v128) (result v128) (i8x16.shl (local.get 0) (i32.const 3)))
;; SSE: i8x16.shl_by3: psllw pand
;; AVX2: i8x16.shl_by3: vpsllw vpand
;; AVX512: i8x16.shl_by3: vpsllw vpandd
;; ARM: i8x16.shl_by3: shl
  (func (export "i8x16.shr_s_by3") (param v128) (result v128) (i8x16.shr_s (local.get 0) (i32.const 3)))
;; SSE: i8x16.shr_s_by3: psrlw pand movdqa pxor psubb
;; AVX2: i8x16.shr_s_by3: vpsrlw vpand vpbroadcastd vpxor vpsubb
;; AVX512: i8x16.shr_s_by3: vpsrlw vpbroadcastd vpternlogd vpsubb
;; ARM: i8x16.shr_s_by3: sshr
  (func (export "i16x8.shl_by3") (param v128) (result v128) (i16x8.shl (local.get 0) (i32.const 3)))
;; SSE: i16x8.shl_by3: psllw
;; AVX: i16x8.shl_by3: vpsllw
;; ARM: i16x8.shl_by3: shl
  (func (export "i32x4.shr_s_by3") (param v128) (result v128) (i32x4.shr_s (local.get 0) (i32.const 3)))
;; SSE: i32x4.shr_s_by3: psrad
;; AVX: i32x4.shr_s_by3: vpsrad
;; ARM: i32x4.shr_s_by3: sshr
  (func (export "i64x2.shr_s_by3") (param v128) (result v128) (i64x2.shr_s (local.get 0) (i32.const 3)))
;; SSE: i64x2.shr_s_by3: psrad psrlq pblendw
;; AVX2: i64x2.shr_s_by3: vpsrad vpsrlq vpblendd
;; AVX512: i64x2.shr_s_by3: vpsraq
;; ARM: i64x2.shr_s_by3: sshr
  (func (export "i64x2.shr_u_by3") (param v128) (result v128) (i64x2.shr_u (local.get 0) (i32.const 3)))
;; SSE: i64x2.shr_u_by3: psrlq
;; AVX: i64x2.shr_u_by3: vpsrlq
;; ARM: i64x2.shr_u_by3: ushr
)
