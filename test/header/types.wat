;; Each type of WebAssembly is one of C++, several results a tuple.
;; RUN: %wasmc %s -o %t.so --emit-header=%t.h
;; RUN: FileCheck %s < %t.h
(module
  (func (export "f") (param i32 i64 f32 f64 v128 funcref externref))
  (func (export "g") (result externref f32) (ref.null extern) (f32.const 0))
  (global (export "h") (mut v128) (v128.const i64x2 0 0)))

;; CHECK: ::wasmc::TypedFunc<void(::std::int32_t, ::std::int64_t, float, double, ::wasmc::V128, ::wasmc::Func, ::wasmc::ExternRef)> f;
;; CHECK: ::wasmc::TypedFunc<::std::tuple<::wasmc::ExternRef, float>()> g;
;; CHECK: ::wasmc::TypedGlobal<::wasmc::V128> h;
