;; RUN: %wasmc %s --emit=ll -o - --target=riscv64-linux-gnu | FileCheck %s
;; RISC-V: C expects an i32 sign-extended in its register, also where the runtime library takes it as unsigned.

(module
  (memory 1 1 shared)
  (func (export "f") (param i32 i32) (result i32)
    (memory.atomic.notify (local.get 0) (local.get 1))))

;; CHECK: call i32 %{{.*}}(ptr {{[^,]*}}, i32 signext 0, i64 %{{.*}}, i32 signext %{{.*}})
