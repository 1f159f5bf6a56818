;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; clz and ctz of zero are the width, not poison.

(module (func (export "f") (param i32) (result i32) (i32.ctz (i32.clz (local.get 0)))))

;; CHECK: call i32 @llvm.ctlz.i32(i32 %{{.*}}, i1 false)
;; CHECK: call i32 @llvm.cttz.i32(i32 %{{.*}}, i1 false)
