;; RUN: %wasmc %s --emit=ll-unopt -o - | FileCheck %s
;; Functions probe the stack, have unwind tables for every instruction, and know how large the instance is.

(module (func (export "f")))

;; CHECK: define {{.*}} @wasm.0.f(ptr noundef nonnull align 16 dereferenceable(80) %0) #[[ATTR:[0-9]+]]
;; CHECK: attributes #[[ATTR]] = { nounwind nonlazybind uwtable {{.*}}"probe-stack"="inline-asm"
