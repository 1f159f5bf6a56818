;; RUN: %wasmc %s --target=riscv64-linux-gnu --cpu=sifive-x280 --emit=ll-unopt -o - | FileCheck %s
;; RISC-V's C convention has no registers for vectors: a v128 passes as an integer of 128 bits, also where the CPU has
;; vector instructions.

(module
  (import "m" "f" (func $import (param v128) (result v128)))
  (func (export "g") (param i32 v128) (result v128) (call $import (local.get 1))))

;; CHECK-LABEL: define hidden noundef i128 @wasm.1.g(ptr {{[^,]*}}, i32 noundef signext %1, i128 noundef %2)
;; CHECK:       bitcast i128 %2 to <16 x i8>
;; CHECK:       %[[ARGUMENT:.*]] = bitcast <16 x i8> %{{.*}} to i128
;; CHECK:       %[[RESULT:.*]] = {{.*}}call noundef i128 %{{.*}}(ptr {{[^,]*}}, i128 noundef %[[ARGUMENT]])
;; CHECK:       bitcast i128 %[[RESULT]] to <16 x i8>
;; CHECK:       ret i128
;; CHECK-NOT:   @wasmc.adapter
