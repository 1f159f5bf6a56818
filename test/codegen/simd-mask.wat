;; RUN: %instructions %s --target=x86_64-linux-gnu | FileCheck %s --match-full-lines --check-prefix=SSE
;; RUN: %instructions %s --target=x86_64-linux-gnu --cpu=x86-64-v3 | FileCheck %s --match-full-lines --check-prefixes=AVX,AVX2
;; RUN: %instructions %s --target=x86_64-linux-gnu --cpu=x86-64-v4 | FileCheck %s --match-full-lines --check-prefixes=AVX,AVX512
;; RUN: %instructions %s --target=aarch64-linux-gnu | FileCheck %s --match-full-lines --check-prefix=ARM
;; Masks and tests of whole vectors go to a general register at once.

(module
  (func (export "i8x16.bitmask") (param v128) (result i32) (i8x16.bitmask (local.get 0)))
;; SSE: i8x16.bitmask: pmovmskb
;; AVX: i8x16.bitmask: vpmovmskb
;; ARM: i8x16.bitmask: adrp cmlt ldr and ext zip1 addv fmov
  (func (export "i16x8.bitmask") (param v128) (result i32) (i16x8.bitmask (local.get 0)))
;; SSE: i16x8.bitmask: packsswb pmovmskb movzbl
;; AVX2: i16x8.bitmask: vpacksswb vpmovmskb movzbl
;; AVX512: i16x8.bitmask: vpmovw2m kmovb
;; ARM: i16x8.bitmask: adrp cmlt ldr and addv fmov and
  (func (export "i32x4.bitmask") (param v128) (result i32) (i32x4.bitmask (local.get 0)))
;; SSE: i32x4.bitmask: movmskps
;; AVX: i32x4.bitmask: vmovmskps
;; ARM: i32x4.bitmask: adrp cmlt ldr and addv fmov and
  (func (export "i64x2.bitmask") (param v128) (result i32) (i64x2.bitmask (local.get 0)))
;; SSE: i64x2.bitmask: movmskpd
;; AVX: i64x2.bitmask: vmovmskpd
;; ARM: i64x2.bitmask: adrp cmlt ldr and addp fmov and
  (func (export "i8x16.all_true") (param v128) (result i32) (i8x16.all_true (local.get 0)))
;; SSE: i8x16.all_true: pxor pcmpeqb pmovmskb xorl testl sete
;; AVX2: i8x16.all_true: vpxor vpcmpeqb vpmovmskb xorl testl sete
;; AVX512: i8x16.all_true: vptestnmb xorl kortestw sete
;; ARM: i8x16.all_true: uminv fmov tst cset
  (func (export "i16x8.all_true") (param v128) (result i32) (i16x8.all_true (local.get 0)))
;; SSE: i16x8.all_true: pxor pcmpeqw pmovmskb xorl testl sete
;; AVX2: i16x8.all_true: vpxor vpcmpeqw vpmovmskb xorl testl sete
;; AVX512: i16x8.all_true: vptestnmw xorl kortestb sete
;; ARM: i16x8.all_true: uminv fmov tst cset
  (func (export "i32x4.all_true") (param v128) (result i32) (i32x4.all_true (local.get 0)))
;; SSE: i32x4.all_true: pxor pcmpeqd movmskps xorl testl sete
;; AVX2: i32x4.all_true: vpxor vpcmpeqd xorl vtestps sete
;; AVX512: i32x4.all_true: vptestnmd xorl kortestb sete
;; ARM: i32x4.all_true: uminv fmov cmp cset
  (func (export "i64x2.all_true") (param v128) (result i32) (i64x2.all_true (local.get 0)))
;; SSE: i64x2.all_true: pxor pcmpeqq movmskpd xorl testl sete
;; AVX2: i64x2.all_true: vpxor vpcmpeqq xorl vtestpd sete
;; AVX512: i64x2.all_true: vptestnmq xorl kortestb sete
;; ARM: i64x2.all_true: cmeq mov umaxv fmov bic
  (func (export "v128.any_true") (param v128) (result i32) (v128.any_true (local.get 0)))
;; SSE: v128.any_true: xorl ptest setne
;; AVX: v128.any_true: xorl vptest setne
;; ARM: v128.any_true: umaxp fmov cmp cset
  (func (export "v128.bitselect") (param v128 v128 v128) (result v128)
    (v128.bitselect (local.get 0) (local.get 1) (local.get 2)))
;; SSE: v128.bitselect: andps andnps orps
;; AVX2: v128.bitselect: vandps vandnps vorps
;; AVX512: v128.bitselect: vpternlogq
;; ARM: v128.bitselect: bif
  (func (export "v128.andnot") (param v128 v128) (result v128) (v128.andnot (local.get 0) (local.get 1)))
;; SSE: v128.andnot: andnps
;; AVX: v128.andnot: vandnps
;; ARM: v128.andnot: bic
  (func (export "v128.not") (param v128) (result v128) (v128.not (local.get 0)))
;; SSE: v128.not: pcmpeqd pxor
;; AVX2: v128.not: vpcmpeqd vpxor
;; AVX512: v128.not: vpternlogq
;; ARM: v128.not: mvn
)
