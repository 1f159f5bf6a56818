;; RUN: %wasmc %s -O2 --emit=ll -o - | FileCheck %s
;; A table that nobody can change has a constant size, and what an element holds is loaded once, also over calls.

(module
  (type $f (func))
  (import "env" "f" (func $host))
  (table 3 funcref)
  (elem (i32.const 0) $host)
  (func (export "twice") (param i32)
    (call_indirect (type $f) (local.get 0))
    (call_indirect (type $f) (local.get 0))))

;; CHECK-LABEL: define {{.*}} @wasm.1.twice(
;; CHECK:       icmp ugt i32 %{{.*}}, 2
;; CHECK:       load ptr, {{.*}}!invariant.load
;; CHECK:       call void %[[CODE:.*]](
;; CHECK-NOT:   icmp
;; CHECK:       call void %[[CODE]](
