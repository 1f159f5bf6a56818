;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; The bits of a NaN constant are kept, a signalling one too.

(module (memory 1)
  (func (export "f") (f64.store (i32.const 0) (f64.const nan:0x4000000000123))))

;; CHECK: store double 0x7FF4000000000123, ptr
