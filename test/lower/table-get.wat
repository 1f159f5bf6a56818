;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; table.get of functions checks the bounds and loads the reference out of the element.

(module (table (export "t") 10 funcref) (func (export "f") (param i32) (result funcref) (table.get 0 (local.get 0))))

;; CHECK: %[[SIZE:.*]] = load i64
;; CHECK: icmp uge i64 %{{.*}}, %[[SIZE]]
;; CHECK: call void @llvm.ubsantrap(i8 3)
;; CHECK: %[[ENTRY:.*]] = getelementptr inbounds nuw [32 x i8]
;; CHECK: %[[REF:.*]] = getelementptr inbounds nuw i8, ptr %[[ENTRY]], i64 24
;; CHECK: load ptr, ptr %[[REF]]
