;; x + x - x + x, which is 2 x.
(module
  (func $twice (export "twice") (param i32) (result i32)
    (i32.add (i32.sub (i32.add (local.get 0) (local.get 0)) (local.get 0)) (local.get 0))))
