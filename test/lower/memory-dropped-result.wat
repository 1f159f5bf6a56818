;; RUN: %wasmc %s -O2 --emit=ll -o - | FileCheck %s
;; RUN: %wasmc %s -O3 --emit=ll -o - | FileCheck %s
;; A call whose result is dropped still does the load that the result comes from, because the load may trap; a
;; call whose result comes from elsewhere is not pinned.

(module (memory 1)
  (func $get (param i32) (result i32) (i32.load (local.get 0)))
  (func $next (param i32) (result i32) (call $get (i32.add (local.get 0) (i32.const 4))))
  (func $same (param i32) (result i32) (local.get 0))
  (func (export "f") (param i32) (drop (call $next (local.get 0))))
  (func (export "g") (param i32) (drop (call $same (local.get 0)))))

;; CHECK-LABEL: define {{.*}} @wasm.3.f(
;; CHECK:       load i32
;; CHECK:       call void (...) @llvm.fake.use(
;; CHECK-LABEL: define {{.*}} @wasm.4.g(
;; CHECK-NOT:   call
;; CHECK:       ret void
