;; How many steps a number takes to 1, halved when even, else times three plus one. Traps on 0.
(module
  (func (export "steps") (param $n i64) (result i32)
    (local $count i32)
    (if (i64.eqz (local.get $n)) (then (unreachable)))
    (block $done
      (loop $next
        (br_if $done (i64.eq (local.get $n) (i64.const 1)))
        (if (i32.wrap_i64 (i64.and (local.get $n) (i64.const 1)))
          (then (local.set $n (i64.add (i64.mul (local.get $n) (i64.const 3)) (i64.const 1))))
          (else (local.set $n (i64.shr_u (local.get $n) (i64.const 1)))))
        (local.set $count (i32.add (local.get $count) (i32.const 1)))
        (br $next)))
    (local.get $count)))
