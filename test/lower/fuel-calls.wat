;; RUN: %wasmc %s --fuel -O2 --emit=ll -o - | FileCheck %s
;; What a block costs is written back before its first call, and read again after its last one only.

(module
  (import "m" "f" (func $f))
  (func (export "g") (call $f) (call $f)))

;; CHECK-LABEL: define {{.*}} @wasm.1.g(
;; CHECK:       %[[LEFT:.*]] = add nsw i64 %{{.*}}, -2
;; CHECK:       store i64 %[[LEFT]]
;; CHECK:       store i64 %[[LEFT]]
;; CHECK-NOT:   store i64
;; CHECK:       call
;; CHECK-NOT:   store i64
;; CHECK:       ret void
