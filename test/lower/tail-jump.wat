;; REQUIRES: x86_64
;; RUN: %wasmc %s --emit=s -o - --target=x86_64-linux-gnu | FileCheck %s
;; Registers that the callee does not use cost nothing: an indirect tail call ends in a jump.

(module (type $t (func (param i32) (result i32))) (table 4 funcref)
  (func (export "f") (type $t)
    (return_call_indirect (type $t) (i32.add (local.get 0) (i32.const 1)) (local.get 0))))

;; CHECK-LABEL: wasm.0.f:
;; CHECK-NOT:   push
;; CHECK-NOT:   {{rdx|xmm}}
;; CHECK:       jmpq *
