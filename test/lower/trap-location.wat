;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; A trap has the location of its instruction: line 1 + its offset in the module.

(module
  (func (export "f") (param i32 i32) (result i32)
    (unreachable)))

;; CHECK: call void @llvm.ubsantrap(i8 1) {{.*}}, !dbg ![[AT:[0-9]+]]
;; CHECK: ![[AT]] = !DILocation(line: 34, scope:
