;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; The descriptor and the tables of code behind it hold distances from the descriptor, which are known when the
;; artifact is linked.

(module
  (func (export "f")))

;; CHECK: @wasmc_module = protected constant {{.*}} @wasmc.metadata {{.*}} @wasmc.lib_calls {{.*}} @wasmc.address_map
;; CHECK-SAME: i32 trunc (i64 sub (i64 ptrtoint (ptr @wasm.0.f to i64), i64 ptrtoint (ptr @wasmc_module to i64)) to i32)
;; CHECK-SAME: i32 trunc (i64 sub (i64 ptrtoint (ptr @wasmc.array_call.0 to i64)
;; CHECK-SAME: align 16
