;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; What follows a block whose end nobody reaches is left out.

(module
  (func (export "f") (result i32)
    (block (result i32) (loop $forever (br $forever)) (i32.const 2))
    (i32.div_u (i32.const 3))))

;; CHECK-LABEL: define {{.*}} @wasm.0.f(
;; CHECK:       loop:
;; CHECK-NEXT:  br label %loop
;; CHECK-NEXT:  }
