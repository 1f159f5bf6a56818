;; RUN: %wasmc %s -O3 --strict-traps -o %t.so
;; RUN: not %wasmrun --allow-unknown-imports --invoke compared %t.so 2>&1 | FileCheck %s --check-prefix=COMPARED
;; RUN: not %wasmrun --allow-unknown-imports --invoke address %t.so 2>&1 | FileCheck %s --check-prefix=ADDRESS
;; RUN: not %wasmrun --allow-unknown-imports --invoke unchanged %t.so 2>&1 | FileCheck %s --check-prefix=UNCHANGED
;; RUN: %wasmc %s -O0 -o %t.so
;; RUN: not %wasmrun --allow-unknown-imports --invoke compared %t.so 2>&1 | FileCheck %s --check-prefix=COMPARED
;; RUN: not %wasmrun --allow-unknown-imports --invoke address %t.so 2>&1 | FileCheck %s --check-prefix=ADDRESS
;; RUN: not %wasmrun --allow-unknown-imports --invoke unchanged %t.so 2>&1 | FileCheck %s --check-prefix=UNCHANGED
;; A load that becomes one machine instruction with what uses its value traps at its own offset, not at that of
;; the user.

(module (import "a" "b" (func $other)) (memory 1)
  (func (export "compared") (if (i32.load8_s (i32.const -1)) (then (i32.store (i32.const 0) (i32.const 1)))))
  (func (export "address") (result i32) (local i32)
    (i32.store (i32.const 8) (i32.const 1))
    (local.set 0 (i32.load (i32.const -1)))
    (call $other)
    (i32.load (i32.and (local.get 0) (i32.const -2))))
  (func (export "unchanged")
    (if (i32.atomic.rmw.sub (i32.const -4) (i32.const 0)) (then (i32.store (i32.const 0) (i32.const 1))))))

;; COMPARED: compared@0x51
;; ADDRESS: address@0x6c
;; UNCHANGED: unchanged@0x82
