;; RUN: %wasmc %s --emit=ll-unopt -o - --target=x86_64-linux-gnu | FileCheck %s
;; A function that neither makes tail calls nor is named by one keeps its own prototype, also where others do.

(module
  (func $f (export "f") (param i32) (result i32) (return_call $g (local.get 0)))
  (func $g (param i32) (result i32) (call $h (local.get 0) (i64.const 1)))
  (func $h (param i32 i64) (result i32) (local.get 0)))

;; CHECK: define {{.*}} i32 @wasm.2.h(ptr {{[^,]*}}, i32 noundef %1, i64 noundef %2)
