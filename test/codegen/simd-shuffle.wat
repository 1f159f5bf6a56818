;; RUN: %instructions %s --target=x86_64-linux-gnu | FileCheck %s --match-full-lines --check-prefix=SSE
;; RUN: %instructions %s --target=x86_64-linux-gnu --cpu=x86-64-v3 | FileCheck %s --match-full-lines --check-prefixes=AVX,AVX2
;; RUN: %instructions %s --target=x86_64-linux-gnu --cpu=x86-64-v4 | FileCheck %s --match-full-lines --check-prefixes=AVX,AVX512
;; RUN: %instructions %s --target=aarch64-linux-gnu | FileCheck %s --match-full-lines --check-prefix=ARM
;; Lanes are moved by one instruction where there is one, and by a table look-up otherwise.

(module
  (func (export "i8x16.swizzle") (param v128 v128) (result v128) (i8x16.swizzle (local.get 0) (local.get 1)))
;; SSE: i8x16.swizzle: paddusb pshufb
;; AVX: i8x16.swizzle: vpaddusb vpshufb
;; ARM: i8x16.swizzle: tbl
  (func (export "i8x16.shuffle_interleave") (param v128 v128) (result v128)
    (i8x16.shuffle 0 16 1 17 2 18 3 19 4 20 5 21 6 22 7 23 (local.get 0) (local.get 1)))
;; SSE: i8x16.shuffle_interleave: punpcklbw
;; AVX: i8x16.shuffle_interleave: vpunpcklbw
;; ARM: i8x16.shuffle_interleave: zip1
  (func (export "i8x16.shuffle_concatenate") (param v128 v128) (result v128)
    (i8x16.shuffle 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 (local.get 0) (local.get 1)))
;; SSE: i8x16.shuffle_concatenate: palignr
;; AVX: i8x16.shuffle_concatenate: vpalignr
;; ARM: i8x16.shuffle_concatenate: ext
  (func (export "i8x16.shuffle_words") (param v128 v128) (result v128)
    (i8x16.shuffle 4 5 6 7 0 1 2 3 20 21 22 23 28 29 30 31 (local.get 0) (local.get 1)))
;; SSE: i8x16.shuffle_words: shufps
;; AVX: i8x16.shuffle_words: vshufps
;; ARM: i8x16.shuffle_words: uzp2 mov
  (func (export "i8x16.shuffle_any_of_one") (param v128 v128) (result v128)
    (i8x16.shuffle 3 0 9 9 1 0 15 2 4 5 6 4 2 11 12 13 (local.get 0) (local.get 1)))
;; SSE: i8x16.shuffle_any_of_one: pshufb
;; AVX: i8x16.shuffle_any_of_one: vpshufb
;; ARM: i8x16.shuffle_any_of_one: adrp ldr tbl
  (func (export "i8x16.shuffle_any_of_two") (param v128 v128) (result v128)
    (i8x16.shuffle 3 17 9 30 1 0 31 22 4 5 6 20 2 11 12 13 (local.get 0) (local.get 1)))
;; SSE: i8x16.shuffle_any_of_two: pshufb pshufb por
;; AVX: i8x16.shuffle_any_of_two: vpshufb vpshufb vpor
;; ARM: i8x16.shuffle_any_of_two: adrp ldr tbl
  (func (export "i8x16.splat") (param i32) (result v128) (i8x16.splat (local.get 0)))
;; SSE: i8x16.splat: movd pxor pshufb
;; AVX2: i8x16.splat: vmovd vpbroadcastb
;; AVX512: i8x16.splat: vpbroadcastb
;; ARM: i8x16.splat: dup
  (func (export "i16x8.splat") (param i32) (result v128) (i16x8.splat (local.get 0)))
;; SSE: i16x8.splat: movd pshuflw pshufd
;; AVX2: i16x8.splat: vmovd vpbroadcastw
;; AVX512: i16x8.splat: vpbroadcastw
;; ARM: i16x8.splat: dup
  (func (export "i32x4.splat") (param i32) (result v128) (i32x4.splat (local.get 0)))
;; SSE: i32x4.splat: movd pshufd
;; AVX2: i32x4.splat: vmovd vpbroadcastd
;; AVX512: i32x4.splat: vpbroadcastd
;; ARM: i32x4.splat: dup
  (func (export "i64x2.splat") (param i64) (result v128) (i64x2.splat (local.get 0)))
;; SSE: i64x2.splat: movq pshufd
;; AVX2: i64x2.splat: vmovq vpbroadcastq
;; AVX512: i64x2.splat: vpbroadcastq
;; ARM: i64x2.splat: dup
  (func (export "f32x4.splat") (param f32) (result v128) (f32x4.splat (local.get 0)))
;; SSE: f32x4.splat: shufps
;; AVX: f32x4.splat: vbroadcastss
;; ARM: f32x4.splat: dup
  (func (export "f64x2.splat") (param f64) (result v128) (f64x2.splat (local.get 0)))
;; SSE: f64x2.splat: movddup
;; AVX: f64x2.splat: vmovddup
;; ARM: f64x2.splat: dup
  (func (export "i8x16.extract_lane_s") (param v128) (result i32) (i8x16.extract_lane_s 3 (local.get 0)))
;; SSE: i8x16.extract_lane_s: pextrb movsbl
;; AVX: i8x16.extract_lane_s: vpextrb movsbl
;; ARM: i8x16.extract_lane_s: smov
  (func (export "i16x8.extract_lane_u") (param v128) (result i32) (i16x8.extract_lane_u 3 (local.get 0)))
;; SSE: i16x8.extract_lane_u: pextrw
;; AVX: i16x8.extract_lane_u: vpextrw
;; ARM: i16x8.extract_lane_u: umov
  (func (export "i64x2.extract_lane") (param v128) (result i64) (i64x2.extract_lane 1 (local.get 0)))
;; SSE: i64x2.extract_lane: pextrq
;; AVX: i64x2.extract_lane: vpextrq
;; ARM: i64x2.extract_lane: mov
  (func (export "f32x4.extract_lane") (param v128) (result f32) (f32x4.extract_lane 2 (local.get 0)))
;; SSE: f32x4.extract_lane: pshufd
;; AVX: f32x4.extract_lane: vshufps
;; ARM: f32x4.extract_lane: mov
  (func (export "i8x16.replace_lane") (param v128 i32) (result v128)
    (i8x16.replace_lane 3 (local.get 0) (local.get 1)))
;; SSE: i8x16.replace_lane: pinsrb
;; AVX: i8x16.replace_lane: vpinsrb
;; ARM: i8x16.replace_lane: mov
  (func (export "i64x2.replace_lane") (param v128 i64) (result v128)
    (i64x2.replace_lane 1 (local.get 0) (local.get 1)))
;; SSE: i64x2.replace_lane: pinsrq
;; AVX: i64x2.replace_lane: vpinsrq
;; ARM: i64x2.replace_lane: mov
  (func (export "f64x2.replace_lane") (param v128 f64) (result v128)
    (f64x2.replace_lane 1 (local.get 0) (local.get 1)))
;; SSE: f64x2.replace_lane: movlhps
;; AVX: f64x2.replace_lane: vmovlhps
;; ARM: f64x2.replace_lane: mov
)
