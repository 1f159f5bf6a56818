;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; A 64-bit index is compared with a constant; after that the address is computed as for 32 bits.

(module (memory i64 1)
  (func (export "f") (param i64) (result i64) (i64.load offset=4294967295 (local.get 0))))

;; CHECK-LABEL: define {{.*}} @wasm.0.f(
;; CHECK:       %[[FAR:.*]] = icmp uge i64 %1, 68719476736
;; CHECK-NEXT:  br i1 %[[FAR]], label %trap, label %next
;; CHECK:       call void @llvm.ubsantrap(i8 2)
;; CHECK:       %[[AT:.*]] = getelementptr inbounds nuw i8, ptr %base, i64 %1
;; CHECK-NEXT:  %[[ADDRESS:.*]] = getelementptr inbounds nuw i8, ptr %[[AT]], i64 4294967295
;; CHECK-NEXT:  load i64, ptr %[[ADDRESS]], align 1
