;; RUN: %instructions %s --target=x86_64-linux-gnu | FileCheck %s --match-full-lines --check-prefix=SSE
;; RUN: %instructions %s --target=x86_64-linux-gnu --cpu=x86-64-v3 | FileCheck %s --match-full-lines --check-prefix=AVX
;; RUN: %instructions %s --target=x86_64-linux-gnu --cpu=x86-64-v4 | FileCheck %s --match-full-lines --check-prefix=AVX
;; RUN: %instructions %s --target=aarch64-linux-gnu | FileCheck %s --match-full-lines --check-prefix=ARM
;; Loads widen, repeat and insert while they load; the first instruction of each is the memory's base.

(module (memory 1)
  (func (export "v128.load") (param i32) (result v128) (v128.load (local.get 0)))
;; SSE: v128.load: movq movups
;; AVX: v128.load: movq vmovups
;; ARM: v128.load: ldr ldr
  (func (export "v128.load8x8_s") (param i32) (result v128) (v128.load8x8_s (local.get 0)))
;; SSE: v128.load8x8_s: movq pmovsxbw
;; AVX: v128.load8x8_s: movq vpmovsxbw
;; ARM: v128.load8x8_s: ldr ldr sshll
  (func (export "v128.load16x4_u") (param i32) (result v128) (v128.load16x4_u (local.get 0)))
;; SSE: v128.load16x4_u: movq pmovzxwd
;; AVX: v128.load16x4_u: movq vpmovzxwd
;; ARM: v128.load16x4_u: ldr ldr ushll
  (func (export "v128.load32x2_s") (param i32) (result v128) (v128.load32x2_s (local.get 0)))
;; SSE: v128.load32x2_s: movq pmovsxdq
;; AVX: v128.load32x2_s: movq vpmovsxdq
;; ARM: v128.load32x2_s: ldr ldr sshll
  (func (export "v128.load8_splat") (param i32) (result v128) (v128.load8_splat (local.get 0)))
;; SSE: v128.load8_splat: movq movzbl movd pxor pshufb
;; AVX: v128.load8_splat: movq vpbroadcastb
;; ARM: v128.load8_splat: ldr add ld1r
  (func (export "v128.load16_splat") (param i32) (result v128) (v128.load16_splat (local.get 0)))
;; SSE: v128.load16_splat: movq movzwl movd pshuflw pshufd
;; AVX: v128.load16_splat: movq vpbroadcastw
;; ARM: v128.load16_splat: ldr add ld1r
  (func (export "v128.load32_splat") (param i32) (result v128) (v128.load32_splat (local.get 0)))
;; SSE: v128.load32_splat: movq movd pshufd
;; AVX: v128.load32_splat: movq vbroadcastss
;; ARM: v128.load32_splat: ldr add ld1r
  (func (export "v128.load64_splat") (param i32) (result v128) (v128.load64_splat (local.get 0)))
;; SSE: v128.load64_splat: movq movq pshufd
;; AVX: v128.load64_splat: movq vmovddup
;; ARM: v128.load64_splat: ldr add ld1r
  (func (export "v128.load32_zero") (param i32) (result v128) (v128.load32_zero (local.get 0)))
;; SSE: v128.load32_zero: movq movss
;; AVX: v128.load32_zero: movq vmovss
;; ARM: v128.load32_zero: ldr ldr
  (func (export "v128.load64_zero") (param i32) (result v128) (v128.load64_zero (local.get 0)))
;; SSE: v128.load64_zero: movq movsd
;; AVX: v128.load64_zero: movq vmovsd
;; ARM: v128.load64_zero: ldr ldr
  (func (export "v128.load8_lane") (param i32 v128) (result v128) (v128.load8_lane 3 (local.get 0) (local.get 1)))
;; SSE: v128.load8_lane: movq pinsrb
;; AVX: v128.load8_lane: movq vpinsrb
;; ARM: v128.load8_lane: ldr add ld1
  (func (export "v128.load32_lane") (param i32 v128) (result v128) (v128.load32_lane 1 (local.get 0) (local.get 1)))
;; SSE: v128.load32_lane: movq pinsrd
;; AVX: v128.load32_lane: movq vpinsrd
;; ARM: v128.load32_lane: ldr add ld1
  (func (export "v128.store16_lane") (param i32 v128) (v128.store16_lane 5 (local.get 0) (local.get 1)))
;; SSE: v128.store16_lane: movq pextrw
;; AVX: v128.store16_lane: movq vpextrw
;; ARM: v128.store16_lane: mov ldr str
  (func (export "v128.store64_lane") (param i32 v128) (v128.store64_lane 1 (local.get 0) (local.get 1)))
;; SSE: v128.store64_lane: movq pextrq
;; AVX: v128.store64_lane: movq vpextrq
;; ARM: v128.store64_lane: mov ldr str
)
