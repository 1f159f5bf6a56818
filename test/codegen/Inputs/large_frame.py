# A function whose 9,000 locals are all alive at one place.
COUNT = 9000
print("(module (import \"m\" \"x\" (func $x (result i64)))")
print(" (func $f (export \"f\") (result i64) (local " + "i64 " * COUNT + ")")
for i in range(COUNT):
    print(f"  (local.set {i} (call $x))")
print("  (i64.const 0)")
for i in range(COUNT):
    print(f"  (i64.xor (local.get {i}))")
print(" ))")
