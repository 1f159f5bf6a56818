;; RUN: %instructions %s --target=x86_64-linux-gnu | FileCheck %s --match-full-lines --check-prefix=SSE
;; RUN: %instructions %s --target=x86_64-linux-gnu --cpu=x86-64-v3 | FileCheck %s --match-full-lines --check-prefix=AVX
;; RUN: %instructions %s --target=x86_64-linux-gnu --cpu=x86-64-v4 | FileCheck %s --match-full-lines --check-prefix=AVX
;; RUN: %instructions %s --target=aarch64-linux-gnu | FileCheck %s --match-full-lines --check-prefix=ARM
;; Operations between lanes of different widths are not done in halves or lane by lane.

(module
  (func (export "i16x8.extend_low_i8x16_s") (param v128) (result v128) (i16x8.extend_low_i8x16_s (local.get 0)))
;; SSE: i16x8.extend_low_i8x16_s: pmovsxbw
;; AVX: i16x8.extend_low_i8x16_s: vpmovsxbw
;; ARM: i16x8.extend_low_i8x16_s: sshll
  (func (export "i16x8.extend_high_i8x16_u") (param v128) (result v128) (i16x8.extend_high_i8x16_u (local.get 0)))
;; SSE: i16x8.extend_high_i8x16_u: pxor punpckhbw
;; AVX: i16x8.extend_high_i8x16_u: vpxor vpunpckhbw
;; ARM: i16x8.extend_high_i8x16_u: ushll2
  (func (export "i64x2.extend_high_i32x4_s") (param v128) (result v128) (i64x2.extend_high_i32x4_s (local.get 0)))
;; SSE: i64x2.extend_high_i32x4_s: pshufd pmovsxdq
;; AVX: i64x2.extend_high_i32x4_s: vpshufd vpmovsxdq
;; ARM: i64x2.extend_high_i32x4_s: sshll2
  (func (export "i16x8.extmul_low_i8x16_s") (param v128 v128) (result v128)
    (i16x8.extmul_low_i8x16_s (local.get 0) (local.get 1)))
;; SSE: i16x8.extmul_low_i8x16_s: pmovsxbw pmovsxbw pmullw
;; AVX: i16x8.extmul_low_i8x16_s: vpmovsxbw vpmovsxbw vpmullw
;; ARM: i16x8.extmul_low_i8x16_s: smull
  (func (export "i16x8.extmul_high_i8x16_u") (param v128 v128) (result v128)
    (i16x8.extmul_high_i8x16_u (local.get 0) (local.get 1)))
;; SSE: i16x8.extmul_high_i8x16_u: pxor punpckhbw punpckhbw pmullw
;; AVX: i16x8.extmul_high_i8x16_u: vpxor vpunpckhbw vpunpckhbw vpmullw
;; ARM: i16x8.extmul_high_i8x16_u: umull2
  (func (export "i32x4.extmul_low_i16x8_s") (param v128 v128) (result v128)
    (i32x4.extmul_low_i16x8_s (local.get 0) (local.get 1)))
;; SSE: i32x4.extmul_low_i16x8_s: pmullw pmulhw punpcklwd
;; AVX: i32x4.extmul_low_i16x8_s: vpmullw vpmulhw vpunpcklwd
;; ARM: i32x4.extmul_low_i16x8_s: smull
  (func (export "i32x4.extmul_high_i16x8_u") (param v128 v128) (result v128)
    (i32x4.extmul_high_i16x8_u (local.get 0) (local.get 1)))
;; SSE: i32x4.extmul_high_i16x8_u: pmullw pmulhuw punpckhwd
;; AVX: i32x4.extmul_high_i16x8_u: vpmullw vpmulhuw vpunpckhwd
;; ARM: i32x4.extmul_high_i16x8_u: umull2
  (func (export "i64x2.extmul_low_i32x4_s") (param v128 v128) (result v128)
    (i64x2.extmul_low_i32x4_s (local.get 0) (local.get 1)))
;; SSE: i64x2.extmul_low_i32x4_s: pmovzxdq pmovzxdq pmuldq
;; AVX: i64x2.extmul_low_i32x4_s: vpmovzxdq vpmovzxdq vpmuldq
;; ARM: i64x2.extmul_low_i32x4_s: smull
  (func (export "i64x2.extmul_high_i32x4_u") (param v128 v128) (result v128)
    (i64x2.extmul_high_i32x4_u (local.get 0) (local.get 1)))
;; SSE: i64x2.extmul_high_i32x4_u: pshufd pshufd pmuludq
;; AVX: i64x2.extmul_high_i32x4_u: vpshufd vpshufd vpmuludq
;; ARM: i64x2.extmul_high_i32x4_u: umull2
  (func (export "i16x8.extadd_pairwise_i8x16_s") (param v128) (result v128)
    (i16x8.extadd_pairwise_i8x16_s (local.get 0)))
;; SSE: i16x8.extadd_pairwise_i8x16_s: movdqa pmaddubsw
;; AVX: i16x8.extadd_pairwise_i8x16_s: vpbroadcastd vpmaddubsw
;; ARM: i16x8.extadd_pairwise_i8x16_s: saddlp
  (func (export "i16x8.extadd_pairwise_i8x16_u") (param v128) (result v128)
    (i16x8.extadd_pairwise_i8x16_u (local.get 0)))
;; SSE: i16x8.extadd_pairwise_i8x16_u: pmaddubsw
;; AVX: i16x8.extadd_pairwise_i8x16_u: vpmaddubsw
;; ARM: i16x8.extadd_pairwise_i8x16_u: uaddlp
  (func (export "i32x4.extadd_pairwise_i16x8_s") (param v128) (result v128)
    (i32x4.extadd_pairwise_i16x8_s (local.get 0)))
;; SSE: i32x4.extadd_pairwise_i16x8_s: pmaddwd
;; AVX: i32x4.extadd_pairwise_i16x8_s: vpmaddwd
;; ARM: i32x4.extadd_pairwise_i16x8_s: saddlp
  (func (export "i32x4.extadd_pairwise_i16x8_u") (param v128) (result v128)
    (i32x4.extadd_pairwise_i16x8_u (local.get 0)))
;; SSE: i32x4.extadd_pairwise_i16x8_u: pxor pblendw psrld paddd
;; AVX: i32x4.extadd_pairwise_i16x8_u: vpxor vpblendw vpsrld vpaddd
;; ARM: i32x4.extadd_pairwise_i16x8_u: uaddlp
  (func (export "i32x4.dot_i16x8_s") (param v128 v128) (result v128) (i32x4.dot_i16x8_s (local.get 0) (local.get 1)))
;; SSE: i32x4.dot_i16x8_s: pmaddwd
;; AVX: i32x4.dot_i16x8_s: vpmaddwd
;; ARM: i32x4.dot_i16x8_s: smull2 smull addp
  (func (export "i16x8.q15mulr_sat_s") (param v128 v128) (result v128)
    (i16x8.q15mulr_sat_s (local.get 0) (local.get 1)))
;; SSE: i16x8.q15mulr_sat_s: pmulhrsw movdqa pcmpeqw pxor
;; AVX: i16x8.q15mulr_sat_s: vpmulhrsw vpcmpeqw vpxor
;; ARM: i16x8.q15mulr_sat_s: sqrdmulh
  (func (export "i8x16.narrow_i16x8_s") (param v128 v128) (result v128)
    (i8x16.narrow_i16x8_s (local.get 0) (local.get 1)))
;; SSE: i8x16.narrow_i16x8_s: packsswb
;; AVX: i8x16.narrow_i16x8_s: vpacksswb
;; ARM: i8x16.narrow_i16x8_s: sqxtn sqxtn2
  (func (export "i8x16.narrow_i16x8_u") (param v128 v128) (result v128)
    (i8x16.narrow_i16x8_u (local.get 0) (local.get 1)))
;; SSE: i8x16.narrow_i16x8_u: packuswb
;; AVX: i8x16.narrow_i16x8_u: vpackuswb
;; ARM: i8x16.narrow_i16x8_u: sqxtun sqxtun2
  (func (export "i16x8.narrow_i32x4_s") (param v128 v128) (result v128)
    (i16x8.narrow_i32x4_s (local.get 0) (local.get 1)))
;; SSE: i16x8.narrow_i32x4_s: packssdw
;; AVX: i16x8.narrow_i32x4_s: vpackssdw
;; ARM: i16x8.narrow_i32x4_s: sqxtn sqxtn2
  (func (export "i16x8.narrow_i32x4_u") (param v128 v128) (result v128)
    (i16x8.narrow_i32x4_u (local.get 0) (local.get 1)))
;; SSE: i16x8.narrow_i32x4_u: packusdw
;; AVX: i16x8.narrow_i32x4_u: vpackusdw
;; ARM: i16x8.narrow_i32x4_u: sqxtun sqxtun2
)
