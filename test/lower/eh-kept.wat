;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; Only a clause that a rethrow names keeps its exception: the other one frees it first of all.

(module (import "m" "f" (func $f))
  (func (export "g")
    try (call $f) catch_all (call $f) end)
  (func (export "h")
    try (call $f) catch_all (call $f) (rethrow 0) end))

;; CHECK-LABEL: @wasm.1.g(
;; CHECK:       dispatch:
;; CHECK:       notail call void %{{.*}}(ptr %0, ptr %exception) #
;; CHECK:       notail call void
;; CHECK-LABEL: @wasm.2.h(
;; CHECK:       dispatch:
;; CHECK-NEXT:  %exception = phi
;; CHECK:       invoke void
