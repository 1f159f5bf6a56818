;; RUN: %wasmc %s -O2 --target=x86_64-linux-gnu --emit=s -o - | FileCheck %s
;; RUN: %wasmc %s -O2 -o %t.so && %wasmrun --invoke high %t.so 0xfedcba9876543210 0x123456789abcdef1 | FileCheck %s --check-prefix=HIGH
;; RUN: %wasmrun --invoke low %t.so 0xfedcba9876543210 0x123456789abcdef1 | FileCheck %s --check-prefix=LOW
;; RUN: %wasmrun --invoke almost %t.so 0xffffffffffffffff 0xffffffffffffffff | FileCheck %s --check-prefix=ALMOST
;; A 128-bit product that is made of four 32-bit ones becomes the processor's, and one that is only almost such
;; a product stays what it is.

(module
  (func $multiply (param $a i64) (param $b i64) (result i64 i64) (local $t0 i64) (local $t1 i64) (local $t2 i64)
    (local.set $t0 (i64.mul (i64.and (local.get $a) (i64.const 0xffffffff)) (i64.and (local.get $b) (i64.const 0xffffffff))))
    (local.set $t1 (i64.add (i64.mul (i64.and (local.get $a) (i64.const 0xffffffff)) (i64.shr_u (local.get $b) (i64.const 32)))
                            (i64.shr_u (local.get $t0) (i64.const 32))))
    (local.set $t2 (i64.add (i64.mul (i64.shr_u (local.get $a) (i64.const 32)) (i64.and (local.get $b) (i64.const 0xffffffff)))
                            (i64.and (local.get $t1) (i64.const 0xffffffff))))
    (i64.or (i64.shl (local.get $t2) (i64.const 32)) (i64.and (local.get $t0) (i64.const 0xffffffff)))
    (i64.add (i64.add (i64.mul (i64.shr_u (local.get $a) (i64.const 32)) (i64.shr_u (local.get $b) (i64.const 32)))
                      (i64.shr_u (local.get $t1) (i64.const 32)))
             (i64.shr_u (local.get $t2) (i64.const 32))))
  (func (export "low") (param i64 i64) (result i64) (call $multiply (local.get 0) (local.get 1)) drop)
  (func (export "high") (param i64 i64) (result i64) (local i64)
    (call $multiply (local.get 0) (local.get 1)) local.set 2 drop local.get 2)

  ;; The last addend is t2 >> 31.
  (func (export "almost") (param $a i64) (param $b i64) (result i64) (local $t0 i64) (local $t1 i64) (local $t2 i64)
    (local.set $t0 (i64.mul (i64.and (local.get $a) (i64.const 0xffffffff)) (i64.and (local.get $b) (i64.const 0xffffffff))))
    (local.set $t1 (i64.add (i64.mul (i64.and (local.get $a) (i64.const 0xffffffff)) (i64.shr_u (local.get $b) (i64.const 32)))
                            (i64.shr_u (local.get $t0) (i64.const 32))))
    (local.set $t2 (i64.add (i64.mul (i64.shr_u (local.get $a) (i64.const 32)) (i64.and (local.get $b) (i64.const 0xffffffff)))
                            (i64.and (local.get $t1) (i64.const 0xffffffff))))
    (i64.add (i64.add (i64.mul (i64.shr_u (local.get $a) (i64.const 32)) (i64.shr_u (local.get $b) (i64.const 32)))
                      (i64.shr_u (local.get $t1) (i64.const 32)))
             (i64.shr_u (local.get $t2) (i64.const 31)))))

;; CHECK-LABEL: wasm.1.low:
;; CHECK:       imulq
;; CHECK-NOT:   mul
;; CHECK:       retq
;; CHECK-LABEL: wasm.2.high:
;; CHECK:       mulq
;; CHECK-NOT:   mul
;; CHECK:       retq
;; CHECK-LABEL: wasm.3.almost:
;; CHECK-COUNT-4: imulq

;; HIGH: 1305938385386173475
;; LOW: 2470861660519989520
;; ALMOST: 4294967293
