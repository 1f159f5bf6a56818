;; Not valid: an i64 where an i32 must be.
(module (func (result i32) (i64.const 1)))
