(module $double
  (import "host" "log" (func $log (param i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "doubling")
  (func (export "apply") (param i32) (result i32)
    (call $log (i32.const 0) (i32.const 8))
    (i32.mul (local.get 0) (i32.const 2))))
