;; RUN: %wasmc %s -O2 --emit=ll -o - | FileCheck %s
;; Straight-line code on neighbouring values is vectorised, too.

(module
  (memory 1)
  (func (export "scale") (param $p i32) (param $k f64)
    (f64.store (local.get $p) (f64.mul (f64.load (local.get $p)) (local.get $k)))
    (f64.store offset=8 (local.get $p) (f64.mul (f64.load offset=8 (local.get $p)) (local.get $k)))))

;; CHECK: fmul <2 x double>
