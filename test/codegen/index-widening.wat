;; RUN: %wasmc %s -O2 --target=x86_64-linux-gnu --emit=ll -o - | FileCheck %s
;; A 32-bit index that a check shows not to wrap around is counted in 64 bits, and the copy of the loop for one
;; that does wrap is not vectorised.

(module (memory 1)
  (func $sum (export "sum") (param $at i32) (param $end i32) (result i32) (local $sum i32)
    (loop $next
      (local.set $sum (i32.add (local.get $sum) (i32.load (local.get $at))))
      (br_if $next (i32.ne (local.tee $at (i32.add (local.get $at) (i32.const 4))) (local.get $end))))
    (local.get $sum)))

;; CHECK-LABEL: define {{.*}} @wasm.0.sum(
;; CHECK:       {{^loop.wrapping:}}
;; CHECK-NOT:   load <
;; CHECK:       vector.body:
;; CHECK:       load <4 x i32>
