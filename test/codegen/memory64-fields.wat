;; RUN: %wasmc %s --target=x86_64-linux-gnu --emit=s -o - | FileCheck %s
;; Accesses to several fields behind one 64-bit pointer share one check, which takes no load.

(module (memory i64 1)
  (func (export "f") (param i64) (result i64)
    (i64.add (i64.load offset=16 (local.get 0))
      (i64.add (i64.load offset=8 (local.get 0)) (i64.load (local.get 0))))))

;; CHECK-LABEL: wasm.0.f:
;; CHECK:       shrq $36
;; CHECK-NEXT:  jne
;; CHECK-NOT:   {{^[[:space:]]+j}}
;; CHECK:       retq
