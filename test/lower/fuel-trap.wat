;; RUN: %wasmc %s --fuel --emit=ll-unopt -o - | FileCheck %s
;; A trap writes back what is left.

(module (func (export "f") (param i32) (result i32) (i32.div_u (i32.const 1) (local.get 0))))

;; CHECK-LABEL: define {{.*}} @wasm.0.f(
;; CHECK:       %[[LEFT:.*]] = sub nsw i64 %{{.*}}, 3
;; CHECK:       store i64 %[[LEFT]], ptr %
;; CHECK-NEXT:  call void @llvm.ubsantrap(i8 17)
;; CHECK:       store i64 %[[LEFT]], ptr %
;; CHECK-NEXT:  call void @llvm.ubsantrap(i8 7)
