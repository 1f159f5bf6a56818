;; A host does not implement WASI: that comes from the linker, which instantiate then asks for.
;; RUN: %wasmc %s -o %t.so --emit-header=%t.h
;; RUN: FileCheck %s < %t.h
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func (param i32)))
  (import "env" "log" (func (param i32)))
  (func (export "_start")))

;; CHECK-NOT: virtual {{.*}}proc_exit
;; CHECK: virtual ::wasmc::Result<void> log(::wasmc::Caller&, ::std::int32_t) = 0;
;; CHECK: ::wasmc::TypedFunc<void()> _start;
;; CHECK-NOT: instantiate(::wasmc::StoreRef store_, const ::wasmc::Module& module_, imports::
