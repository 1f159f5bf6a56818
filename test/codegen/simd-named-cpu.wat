;; RUN: %instructions %s --target=x86_64-linux-gnu --cpu=icelake-server | FileCheck %s --match-full-lines --check-prefix=X86
;; RUN: %instructions %s --target=x86_64-linux-gnu --cpu=alderlake | FileCheck %s --match-full-lines --check-prefix=VNNI
;; RUN: %instructions %s --target=aarch64-linux-gnu --cpu=cortex-a76 | FileCheck %s --match-full-lines --check-prefix=ARM
;; What only some CPUs have is used where one of them is named.

(module
  (func (export "popcnt") (param v128) (result v128) (i8x16.popcnt (local.get 0)))
;; X86: popcnt: vpopcntb
  (func (export "dot_add") (param v128 v128 v128) (result v128)
    (i32x4.dot_i8x16_i7x16_add_s (local.get 0) (local.get 1) (local.get 2)))
;; X86: dot_add: vpdpbusd
;; VNNI: dot_add: vpdpbusd
;; ARM: dot_add: sdot
)
