;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; An imported function is called through its slot in the instance, which is bound before code runs.

(module (import "m" "f" (func $f (param i64) (result i64)))
  (func (export "g") (param i64) (result i64) (call $f (local.get 0))))

;; CHECK:      %[[CODE:.*]] = load ptr, ptr %{{.*}}, !invariant.load
;; CHECK:      %[[CONTEXT:.*]] = load ptr, ptr %{{.*}}, !invariant.load
;; CHECK:      notail call noundef i64 %[[CODE]](ptr noundef nonnull %[[CONTEXT]], i64 noundef %1)
