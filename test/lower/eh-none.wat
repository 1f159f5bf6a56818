;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; A module without exceptions has neither a personality nor functions that may unwind.

(module (import "m" "f" (func $f)) (func (export "g") (call $f)))

;; CHECK-NOT: personality
;; CHECK:     attributes #{{[0-9]+}} = { nounwind
