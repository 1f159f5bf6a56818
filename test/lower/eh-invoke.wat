;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; A call in a try is an invoke; its landing pad takes every exception, and tags are compared behind it.

(module (import "m" "f" (func $f)) (tag $t (param i32))
  (func (export "g") (result i32)
    try (result i32) (call $f) (i32.const 1) catch $t end))

;; CHECK:      define {{.*}} @wasm.1.g({{.*}}) {{.*}}personality ptr @wasmc.personality
;; CHECK:      invoke void %{{.*}}(ptr noundef nonnull %{{.*}})
;; CHECK-NEXT: to label %{{.*}} unwind label %landing
;; CHECK:      landingpad { ptr, i32 }
;; CHECK-NEXT: catch ptr null
;; CHECK:      %[[FOUND:.*]] = load ptr, ptr %exception
;; CHECK:      icmp eq ptr %[[FOUND]],
