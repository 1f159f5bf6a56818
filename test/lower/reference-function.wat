;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; ref.func is the address of the FuncRef in the instance: of the function, or of the import.

(module (import "m" "f" (func $f)) (elem declare func $f $g)
  (func $g (export "g") (result funcref) (ref.func $f))
  (func (export "h") (result funcref) (ref.func $g)))

;; CHECK-LABEL: @wasm.1.g(
;; CHECK:       getelementptr inbounds nuw i8, ptr %0, i64 32
;; CHECK-LABEL: @wasm.2.h(
;; CHECK:       getelementptr inbounds nuw i8, ptr %0, i64 104
