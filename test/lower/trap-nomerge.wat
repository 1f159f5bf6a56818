;; RUN: %wasmc %s -O3 --emit=ll -o - | FileCheck %s
;; Each instruction keeps a trap of its own, so that a trap tells its wasm offset.

(module
  (func (export "f") (param i32 i32) (result i32)
    (i32.add (i32.div_u (local.get 0) (local.get 1)) (i32.div_u (local.get 1) (local.get 0)))))

;; CHECK-LABEL:   define {{.*}} @wasm.0.f(
;; CHECK-COUNT-2: call void @llvm.ubsantrap(i8 7) #[[ATTR:[0-9]+]]
;; CHECK-NOT:     ubsantrap
;; CHECK:         ret i32
;; CHECK:         attributes #[[ATTR]] = {{.*}}nomerge
