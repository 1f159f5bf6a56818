(module
  (memory 1)
  (func $add (export "add") (param $n i32) (local $i i32)
    (loop $next
      (i32.store (i32.shl (local.get $i) (i32.const 2))
        (i32.add (i32.load (i32.shl (local.get $i) (i32.const 2))) (i32.const 1)))
      (br_if $next
        (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n)))))
  (func $chase (export "chase") (param $p i32) (result i32)
    (loop $next
      (br_if $next (local.tee $p (i32.load (local.get $p)))))
    (local.get $p)))
