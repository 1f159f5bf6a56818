;; RUN: %wasmc %s --target=x86_64-linux-gnu --emit=s -o - | FileCheck %s
;; On x86-64 an atomic load is a plain one, a store an exchange, an addition one locked instruction.

(module (memory 1 1 shared)
  (func (export "load") (param i32) (result i32) (i32.atomic.load8_u (local.get 0)))
  (func (export "store") (param i32 i32) (i32.atomic.store8 (local.get 0) (local.get 1)))
  (func (export "add") (param i32 i32) (result i32) (i32.atomic.rmw8.add_u (local.get 0) (local.get 1)))
  (func (export "drop") (param i32 i32) (drop (i32.atomic.rmw.add (local.get 0) (local.get 1)))))

;; CHECK-LABEL: wasm.0.load:
;; CHECK:       movzbl (
;; CHECK-LABEL: wasm.1.store:
;; CHECK:       xchgb
;; CHECK-LABEL: wasm.2.add:
;; CHECK:       lock
;; CHECK-SAME:  xaddb
;; CHECK-LABEL: wasm.3.drop:
;; CHECK:       lock
;; CHECK-SAME:  addl
