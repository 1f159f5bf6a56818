;; RUN: %wasmc %s -O2 --emit=ll -o - | FileCheck %s
;; A loop over linear memory that is written as scalars is vectorised.

(module (memory 1)
  (func (export "saxpy") (param $x i32) (param $y i32) (param $n i32) (param $a f32)
    (loop $again
      (f32.store (local.get $y)
        (f32.add (f32.load (local.get $y)) (f32.mul (local.get $a) (f32.load (local.get $x)))))
      (local.set $x (i32.add (local.get $x) (i32.const 4)))
      (local.set $y (i32.add (local.get $y) (i32.const 4)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))

;; CHECK-LABEL: define {{.*}} @wasm.0.saxpy(
;; CHECK:       load <4 x float>
;; CHECK:       fmul <4 x float>
;; CHECK:       store <4 x float>
