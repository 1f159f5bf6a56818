;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; An address is base + zero-extended index + offset, without a check; the alignment is a hint.

(module (memory 1)
  (func (export "f") (param i32) (result i64) (i64.load offset=4294967295 align=8 (local.get 0))))

;; CHECK-LABEL: define {{.*}} @wasm.0.f(
;; CHECK:       %[[INDEX:.*]] = zext i32 %1 to i64
;; CHECK-NEXT:  %[[AT:.*]] = getelementptr inbounds nuw i8, ptr %base, i64 %[[INDEX]]
;; CHECK-NEXT:  %[[ADDRESS:.*]] = getelementptr inbounds nuw i8, ptr %[[AT]], i64 4294967295
;; CHECK-NEXT:  load i64, ptr %[[ADDRESS]], align 1
;; CHECK-NOT:   ubsantrap
;; CHECK:       ret i64
