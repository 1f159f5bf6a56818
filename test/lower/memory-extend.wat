;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; Narrow loads extend, narrow stores truncate.

(module (memory 1)
  (func (export "f") (param i32)
    (i64.store32 (local.get 0) (i64.load16_s (local.get 0)))
    (i32.store8 (local.get 0) (i32.load8_u (local.get 0)))))

;; CHECK:      %[[HALF:.*]] = load i16
;; CHECK-NEXT: %[[WIDE:.*]] = sext i16 %[[HALF]] to i64
;; CHECK-NEXT: %[[LOW:.*]] = trunc i64 %[[WIDE]] to i32
;; CHECK:      store i32 %[[LOW]]
;; CHECK:      %[[BYTE:.*]] = load i8
;; CHECK-NEXT: %[[WORD:.*]] = zext i8 %[[BYTE]] to i32
;; CHECK-NEXT: %[[AGAIN:.*]] = trunc i32 %[[WORD]] to i8
;; CHECK:      store i8 %[[AGAIN]]
