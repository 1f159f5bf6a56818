;; RUN: %wasmc %s --target=x86_64-linux-gnu -O2 --emit=ll -o - | FileCheck %s
;; A loop that the compiler to wasm has unrolled is vectorised without shuffles.

(module (memory 64)
  (func (export "triad") (local $i i32)
    (local.set $i (i32.const -80000))
    (loop $again
      (f64.store (i32.add (local.get $i) (i32.const 100000))
        (f64.mul (f64.load (i32.add (local.get $i) (i32.const 200000))) (f64.const 3)))
      (f64.store (i32.add (local.get $i) (i32.const 100008))
        (f64.mul (f64.load (i32.add (local.get $i) (i32.const 200008))) (f64.const 3)))
      (br_if $again (local.tee $i (i32.add (local.get $i) (i32.const 16)))))))

;; CHECK-LABEL: define {{.*}} @wasm.0.triad(
;; CHECK:       %[[IN:.*]] = load <[[N:[0-9]+]] x double>
;; CHECK-NOT:   shufflevector
;; CHECK:       fmul <[[N]] x double> %[[IN]], splat
;; CHECK:       store <[[N]] x double>
