;; RUN: %wasmc %s -o %t.so
;; RUN: llvm-readelf --relocs --dyn-syms --dynamic-table %t.so | FileCheck %s --implicit-check-not=NEEDED --implicit-check-not=INIT_ARRAY
;; RUN: %wasmc %s --target=aarch64-linux-gnu -o %t.arm.so
;; RUN: llvm-readelf --relocs --dyn-syms --dynamic-table %t.arm.so | FileCheck %s --implicit-check-not=NEEDED --implicit-check-not=INIT_ARRAY
;; Loading an artifact resolves nothing and runs nothing: no relocations, no undefined symbols, no constructors; one
;; symbol is exported.

(module
  (import "m" "f" (func $f (result i32 i32)))
  (memory 1)
  (table 3 funcref)
  (elem (i32.const 0) $f $g)
  (data (i32.const 0) "text")
  (func $g (export "g") (param i32) (memory.fill (i32.const 0) (i32.const 0) (local.get 0))))

;; CHECK: There are no relocations in this file.
;; CHECK: Symbol table '.dynsym' contains 2 entries
;; CHECK: UND
;; CHECK: OBJECT GLOBAL PROTECTED {{.*}} wasmc_module
