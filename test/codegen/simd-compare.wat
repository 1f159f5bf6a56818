;; RUN: %instructions %s --target=x86_64-linux-gnu | FileCheck %s --match-full-lines --check-prefix=SSE
;; RUN: %instructions %s --target=x86_64-linux-gnu --cpu=x86-64-v3 | FileCheck %s --match-full-lines --check-prefixes=AVX,AVX2
;; RUN: %instructions %s --target=x86_64-linux-gnu --cpu=x86-64-v4 | FileCheck %s --match-full-lines --check-prefixes=AVX,AVX512
;; RUN: %instructions %s --target=aarch64-linux-gnu | FileCheck %s --match-full-lines --check-prefix=ARM
;; Comparisons are one instruction where the machine has that comparison, or with the complement two or three.

(module
  (func (export "i8x16.eq") (param v128 v128) (result v128) (i8x16.eq (local.get 0) (local.get 1)))
;; SSE: i8x16.eq: pcmpeqb
;; AVX: i8x16.eq: vpcmpeqb
;; ARM: i8x16.eq: cmeq
  (func (export "i16x8.ne") (param v128 v128) (result v128) (i16x8.ne (local.get 0) (local.get 1)))
;; SSE: i16x8.ne: pcmpeqw pcmpeqd pxor
;; AVX2: i16x8.ne: vpcmpeqw vpcmpeqd vpxor
;; AVX512: i16x8.ne: vpcmpeqw vpternlogq
;; ARM: i16x8.ne: cmeq mvn
  (func (export "i32x4.gt_s") (param v128 v128) (result v128) (i32x4.gt_s (local.get 0) (local.get 1)))
;; SSE: i32x4.gt_s: pcmpgtd
;; AVX: i32x4.gt_s: vpcmpgtd
;; ARM: i32x4.gt_s: cmgt
  (func (export "i64x2.gt_s") (param v128 v128) (result v128) (i64x2.gt_s (local.get 0) (local.get 1)))
;; SSE: i64x2.gt_s: pcmpgtq
;; AVX: i64x2.gt_s: vpcmpgtq
;; ARM: i64x2.gt_s: cmgt
  (func (export "i8x16.ge_s") (param v128 v128) (result v128) (i8x16.ge_s (local.get 0) (local.get 1)))
;; SSE: i8x16.ge_s: pcmpgtb pcmpeqd pxor
;; AVX2: i8x16.ge_s: vpcmpgtb vpcmpeqd vpxor
;; AVX512: i8x16.ge_s: vpcmpgtb vpternlogq
;; ARM: i8x16.ge_s: cmge
  (func (export "i8x16.lt_u") (param v128 v128) (result v128) (i8x16.lt_u (local.get 0) (local.get 1)))
;; SSE: i8x16.lt_u: pmaxub pcmpeqb pcmpeqd pxor
;; AVX2: i8x16.lt_u: vpmaxub vpcmpeqb vpcmpeqd vpxor
;; AVX512: i8x16.lt_u: vpcmpltub vpmovm2b
;; ARM: i8x16.lt_u: cmhi
  (func (export "i16x8.ge_u") (param v128 v128) (result v128) (i16x8.ge_u (local.get 0) (local.get 1)))
;; SSE: i16x8.ge_u: pmaxuw pcmpeqw
;; AVX2: i16x8.ge_u: vpmaxuw vpcmpeqw
;; AVX512: i16x8.ge_u: vpcmpnltuw vpmovm2w
;; ARM: i16x8.ge_u: cmhs
  (func (export "i64x2.ge_s") (param v128 v128) (result v128) (i64x2.ge_s (local.get 0) (local.get 1)))
;; SSE: i64x2.ge_s: pcmpgtq pcmpeqd pxor
;; AVX2: i64x2.ge_s: vpcmpgtq vpcmpeqd vpxor
;; AVX512: i64x2.ge_s: vpcmpgtq vpternlogq
;; ARM: i64x2.ge_s: cmge
  (func (export "f32x4.eq") (param v128 v128) (result v128) (f32x4.eq (local.get 0) (local.get 1)))
;; SSE: f32x4.eq: cmpeqps
;; AVX: f32x4.eq: vcmpeqps
;; ARM: f32x4.eq: fcmeq
  (func (export "f64x2.lt") (param v128 v128) (result v128) (f64x2.lt (local.get 0) (local.get 1)))
;; SSE: f64x2.lt: cmpltpd
;; AVX: f64x2.lt: vcmpltpd
;; ARM: f64x2.lt: fcmgt
  (func (export "f32x4.ne") (param v128 v128) (result v128) (f32x4.ne (local.get 0) (local.get 1)))
;; SSE: f32x4.ne: cmpneqps
;; AVX: f32x4.ne: vcmpneqps
;; ARM: f32x4.ne: fcmeq mvn
  (func (export "f64x2.ge") (param v128 v128) (result v128) (f64x2.ge (local.get 0) (local.get 1)))
;; SSE: f64x2.ge: cmplepd
;; AVX: f64x2.ge: vcmplepd
;; ARM: f64x2.ge: fcmge
)
