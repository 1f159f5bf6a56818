;; RUN: %wasmc %s -O2 --target=x86_64-linux-gnu --emit=ll -o - | FileCheck %s
;; A loop that was unrolled by two, over arrays that a check shows to be apart, becomes a loop over vectors.

(module (memory 1)
  (func $add (export "add") (param $to i32) (param $from i32) (param $count i32)
    (local.set $count (i32.and (local.get $count) (i32.const -2)))
    (loop $next
      (f64.store (local.get $to) (f64.add (f64.load (local.get $to)) (f64.load (local.get $from))))
      (f64.store offset=8 (local.get $to) (f64.add (f64.load offset=8 (local.get $to)) (f64.load offset=8 (local.get $from))))
      (local.set $to (i32.add (local.get $to) (i32.const 16)))
      (local.set $from (i32.add (local.get $from) (i32.const 16)))
      (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 2)))))))

;; CHECK-LABEL: define {{.*}} @wasm.0.add(
;; CHECK-NOT:   vector.memcheck
;; CHECK:       vector.body:
;; CHECK:       %[[SUM:.*]] = fadd <[[N:[0-9]+]] x double>
;; CHECK:       store <[[N]] x double> %[[SUM]]
