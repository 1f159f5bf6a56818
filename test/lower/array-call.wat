;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; The host calls a function through a thunk of its type: arguments come from 16-byte slots, the result goes to
;; the first one, and the bytes above it are zeroed.

(module
  (func (export "f") (param i32 f64) (result i32) (local.get 0)))

;; CHECK:      define hidden void @wasmc.array_call.0(ptr %code, ptr %context, ptr %values)
;; CHECK:      %[[FIRST:.*]] = load i32, ptr %values, align 16
;; CHECK-NEXT: %[[SLOT:.*]] = getelementptr inbounds i8, ptr %values, i64 16
;; CHECK-NEXT: %[[SECOND:.*]] = load double, ptr %[[SLOT]], align 16
;; CHECK-NEXT: %[[RESULT:.*]] = call noundef i32 %code(ptr noundef nonnull %context, i32 noundef %[[FIRST]], double noundef %[[SECOND]])
;; CHECK-NEXT: store i32 %[[RESULT]], ptr %values, align 16
;; CHECK:      store i32 0, ptr
;; CHECK:      store i64 0, ptr
;; CHECK-NEXT: ret void
