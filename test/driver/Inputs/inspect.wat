(module $shapes
  (import "env" "log" (func $log (param i32 f64)))
  (import "env" "base" (global $base i32))
  (memory 1 16)
  (table 3 funcref)
  (global (mut i32) (i32.add (global.get $base) (i32.const 8)))
  (data (i32.const -16) "data")
  (elem (i32.const 2) func $log)
  (func (export "two words") (result i64 externref) (i64.const 1) (ref.null extern)))
