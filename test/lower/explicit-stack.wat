;; RUN: %wasmc %s --bounds=explicit --emit=ll-unopt -o - | FileCheck %s
;; Functions check the stack pointer themselves.

(module (func $f (export "f") (call $f)))

;; CHECK-LABEL: define weak_odr hidden void @wasmc.at_entry(
;; CHECK:       %[[POINTER:.*]] = call i64 @llvm.read_register.i64(metadata ![[REGISTER:[0-9]+]])
;; CHECK:       icmp ult i64 %[[POINTER]], %
;; CHECK-NOT:   wasmc.in_loops
;; CHECK:       ![[REGISTER]] = !{!"{{r?}}sp"}
