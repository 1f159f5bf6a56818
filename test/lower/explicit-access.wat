;; RUN: %wasmc %s --bounds=explicit --emit=ll-unopt -o - | FileCheck %s
;; An access compares its end with the memory's size; a trap is a call of a builtin.

(module (memory 1)
  (func (export "f") (param i32) (result i64) (i64.load offset=16 (local.get 0))))

;; CHECK-LABEL: define {{.*}} @wasm.0.f(
;; CHECK:       %[[INDEX:.*]] = zext i32 %1 to i64
;; CHECK:       %[[SIZE:.*]] = load i64
;; CHECK:       %[[END:.*]] = add i64 %[[INDEX]], 24
;; CHECK:       icmp ugt i64 %[[END]], %[[SIZE]]
;; CHECK:       call void %{{.*}}(ptr %0, i32 2)
;; CHECK-NEXT:  unreachable
;; CHECK-NOT:   ubsantrap
