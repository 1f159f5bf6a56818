;; RUN: %instructions %s --target=x86_64-linux-gnu | FileCheck %s --match-full-lines --check-prefix=SSE
;; RUN: %instructions %s --target=x86_64-linux-gnu --cpu=x86-64-v3 | FileCheck %s --match-full-lines --check-prefixes=AVX,AVX2
;; RUN: %instructions %s --target=x86_64-linux-gnu --cpu=x86-64-v4 | FileCheck %s --match-full-lines --check-prefixes=AVX,AVX512
;; RUN: %instructions %s --target=aarch64-linux-gnu | FileCheck %s --match-full-lines --check-prefix=ARM
;; Lane by lane arithmetic, saturating too, is one instruction.

(module
  (func (export "i8x16.add_sat_s") (param v128 v128) (result v128) (i8x16.add_sat_s (local.get 0) (local.get 1)))
;; SSE: i8x16.add_sat_s: paddsb
;; AVX: i8x16.add_sat_s: vpaddsb
;; ARM: i8x16.add_sat_s: sqadd
  (func (export "i8x16.sub_sat_u") (param v128 v128) (result v128) (i8x16.sub_sat_u (local.get 0) (local.get 1)))
;; SSE: i8x16.sub_sat_u: psubusb
;; AVX: i8x16.sub_sat_u: vpsubusb
;; ARM: i8x16.sub_sat_u: uqsub
  (func (export "i16x8.add_sat_u") (param v128 v128) (result v128) (i16x8.add_sat_u (local.get 0) (local.get 1)))
;; SSE: i16x8.add_sat_u: paddusw
;; AVX: i16x8.add_sat_u: vpaddusw
;; ARM: i16x8.add_sat_u: uqadd
  (func (export "i16x8.sub_sat_s") (param v128 v128) (result v128) (i16x8.sub_sat_s (local.get 0) (local.get 1)))
;; SSE: i16x8.sub_sat_s: psubsw
;; AVX: i16x8.sub_sat_s: vpsubsw
;; ARM: i16x8.sub_sat_s: sqsub
  (func (export "i8x16.avgr_u") (param v128 v128) (result v128) (i8x16.avgr_u (local.get 0) (local.get 1)))
;; SSE: i8x16.avgr_u: pavgb
;; AVX: i8x16.avgr_u: vpavgb
;; ARM: i8x16.avgr_u: urhadd
  (func (export "i16x8.avgr_u") (param v128 v128) (result v128) (i16x8.avgr_u (local.get 0) (local.get 1)))
;; SSE: i16x8.avgr_u: pavgw
;; AVX: i16x8.avgr_u: vpavgw
;; ARM: i16x8.avgr_u: urhadd
  (func (export "i8x16.min_s") (param v128 v128) (result v128) (i8x16.min_s (local.get 0) (local.get 1)))
;; SSE: i8x16.min_s: pminsb
;; AVX: i8x16.min_s: vpminsb
;; ARM: i8x16.min_s: smin
  (func (export "i16x8.min_u") (param v128 v128) (result v128) (i16x8.min_u (local.get 0) (local.get 1)))
;; SSE: i16x8.min_u: pminuw
;; AVX: i16x8.min_u: vpminuw
;; ARM: i16x8.min_u: umin
  (func (export "i32x4.max_u") (param v128 v128) (result v128) (i32x4.max_u (local.get 0) (local.get 1)))
;; SSE: i32x4.max_u: pmaxud
;; AVX: i32x4.max_u: vpmaxud
;; ARM: i32x4.max_u: umax
  (func (export "i16x8.mul") (param v128 v128) (result v128) (i16x8.mul (local.get 0) (local.get 1)))
;; SSE: i16x8.mul: pmullw
;; AVX: i16x8.mul: vpmullw
;; ARM: i16x8.mul: mul
  (func (export "i32x4.mul") (param v128 v128) (result v128) (i32x4.mul (local.get 0) (local.get 1)))
;; SSE: i32x4.mul: pmulld
;; AVX: i32x4.mul: vpmulld
;; ARM: i32x4.mul: mul
  (func (export "i64x2.mul") (param v128 v128) (result v128) (i64x2.mul (local.get 0) (local.get 1)))
;; SSE: i64x2.mul: psrlq pmuludq psrlq pmuludq paddq psllq pmuludq paddq
;; AVX2: i64x2.mul: vpsrlq vpmuludq vpsrlq vpmuludq vpaddq vpsllq vpmuludq vpaddq
;; AVX512: i64x2.mul: vpmullq
;; ARM: i64x2.mul: rev64 xtn xtn mul addp shll umlal
  (func (export "i8x16.abs") (param v128) (result v128) (i8x16.abs (local.get 0)))
;; SSE: i8x16.abs: pabsb
;; AVX: i8x16.abs: vpabsb
;; ARM: i8x16.abs: abs
  (func (export "i16x8.abs") (param v128) (result v128) (i16x8.abs (local.get 0)))
;; SSE: i16x8.abs: pabsw
;; AVX: i16x8.abs: vpabsw
;; ARM: i16x8.abs: abs
  (func (export "i32x4.abs") (param v128) (result v128) (i32x4.abs (local.get 0)))
;; SSE: i32x4.abs: pabsd
;; AVX: i32x4.abs: vpabsd
;; ARM: i32x4.abs: abs
  (func (export "i64x2.abs") (param v128) (result v128) (i64x2.abs (local.get 0)))
;; SSE: i64x2.abs: pxor psubq blendvpd
;; AVX2: i64x2.abs: vpxor vpsubq vblendvpd
;; AVX512: i64x2.abs: vpabsq
;; ARM: i64x2.abs: abs
  (func (export "i8x16.popcnt") (param v128) (result v128) (i8x16.popcnt (local.get 0)))
;; SSE: i8x16.popcnt: movdqa pand movdqa pshufb psrlw pand pshufb paddb
;; AVX2: i8x16.popcnt: vpbroadcastd vpand vmovdqa vpshufb vpsrlw vpand vpshufb vpaddb
;; AVX512: i8x16.popcnt: vpbroadcastd vmovdqa vpand vpshufb vpsrlw vpand vpshufb vpaddb
;; ARM: i8x16.popcnt: cnt
)
