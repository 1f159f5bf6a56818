;; The bits of a number, last first.
(module
  (func (export "reverse") (param $n i32) (result i32)
    (local $result i32) (local $i i32)
    (loop $next
      (local.set $result (i32.or (i32.shl (local.get $result) (i32.const 1)) (i32.and (local.get $n) (i32.const 1))))
      (local.set $n (i32.shr_u (local.get $n) (i32.const 1)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $i) (i32.const 32))))
    (local.get $result)))
