;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; Without --fuel and --epochs nothing of them is there.

(module (func $f (export "f") (loop (call $f) (br 0))))

;; CHECK-NOT: fuel
;; CHECK-NOT: fake_use
;; CHECK-NOT: wasmc.at_entry
