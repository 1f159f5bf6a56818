;; RUN: %wasmc %s -O3 -o %t.so
;; RUN: %wasmrun --invoke strided %t.so 64 4 16 | FileCheck %s --check-prefix=UP
;; RUN: %wasmrun --invoke strided %t.so 124 -4 16 | FileCheck %s --check-prefix=DOWN
;; RUN: %wasmrun --invoke shift %t.so 512 64 | FileCheck %s --check-prefix=APART
;; RUN: %wasmrun --invoke shift %t.so 68 64 | FileCheck %s --check-prefix=OVERLAPPING
;; RUN: not %wasmrun --invoke strided %t.so 65472 4 32 2>&1 | FileCheck %s --check-prefix=BEYOND
;; RUN: not %wasmrun --invoke strided %t.so -16 4 32 2>&1 | FileCheck %s --check-prefix=BEYOND
;; Loops over indices and arrays do what they say: upwards, downwards by a step that is only known when it
;; runs, on arrays that overlap, and up to the end of memory.

(module (memory 1)
  (data (i32.const 64) "\01\00\00\00\02\00\00\00\03\00\00\00\04\00\00\00\05\00\00\00\06\00\00\00\07\00\00\00\08\00\00\00"
                       "\09\00\00\00\0a\00\00\00\0b\00\00\00\0c\00\00\00\0d\00\00\00\0e\00\00\00\0f\00\00\00\10\00\00\00")
  ;; A hash of the elements in the order of their visit.
  (func (export "strided") (param $at i32) (param $step i32) (param $count i32) (result i32) (local $hash i32)
    (loop $next
      (local.set $hash (i32.add (i32.mul (local.get $hash) (i32.const 3)) (i32.load (local.get $at))))
      (local.set $at (i32.add (local.get $at) (local.get $step)))
      (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
    (local.get $hash))
  ;; Copies 16 elements upwards, two at a time, and returns the last.
  (func (export "shift") (param $to i32) (param $from i32) (result i32) (local $count i32)
    (local.set $count (i32.const 16))
    (loop $next
      (i32.store (local.get $to) (i32.load (local.get $from)))
      (i32.store offset=4 (local.get $to) (i32.load offset=4 (local.get $from)))
      (local.set $to (i32.add (local.get $to) (i32.const 8)))
      (local.set $from (i32.add (local.get $from) (i32.const 8)))
      (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 2)))))
    (i32.load (i32.sub (local.get $to) (i32.const 4)))))

;; UP: 32285032
;; DOWN: 333612088
;; APART: 16
;; OVERLAPPING: 1
;; BEYOND: out of bounds memory access
