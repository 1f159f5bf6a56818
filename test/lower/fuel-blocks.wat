;; RUN: %wasmc %s --fuel --emit=ll-unopt -o - | FileCheck %s
;; A block of straight-line code pays once, where it begins; a loop's header also checks.

(module
  (func (export "f") (param i32)
    (loop $l
      (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
      (br_if $l (local.get 0)))))

;; CHECK-LABEL: define {{.*}} @wasm.0.f(
;; CHECK:       %[[STORE:.*]] = load ptr, ptr %{{.*}}, !invariant.load
;; CHECK:       loop:
;; CHECK:       %[[LEFT:.*]] = sub nsw i64 %{{.*}}, 6
;; CHECK:       icmp slt i64 %[[LEFT]], 0
;; CHECK:       store i64 %[[LEFT]], ptr %
;; CHECK-NEXT:  call void @llvm.ubsantrap(i8 17)
;; CHECK:       br i1 %{{.*}}, label %loop, label
