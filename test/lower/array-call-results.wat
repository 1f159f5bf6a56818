;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; Three results: the callee writes them over the arguments, which have been loaded by then.

(module
  (func (export "f") (param i64) (result i64 i64 i64) (local.get 0) (local.get 0) (local.get 0)))

;; CHECK:      define hidden void @wasmc.array_call.0(ptr %code, ptr %context, ptr %values)
;; CHECK:      %[[ARGUMENT:.*]] = load i64, ptr %values
;; CHECK-NEXT: call void %code(ptr noundef nonnull %context, i64 noundef %[[ARGUMENT]], ptr noundef nonnull %values)
