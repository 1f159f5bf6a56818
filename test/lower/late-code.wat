;; RUN: %wasmc %s --epochs --emit=ll-unopt -o - | FileCheck %s
;; Functions keep their instance for the checks, which go in when everything else has been optimised.

(module (func (export "f") (loop (br 0))))

;; CHECK:       define {{.*}} @wasm.0.f(ptr {{.*}}%0) #[[MARKED:[0-9]+]]
;; CHECK:       fake.use(ptr %0)
;; CHECK-LABEL: define weak_odr hidden void @wasmc.at_entry(
;; CHECK-LABEL: define weak_odr hidden void @wasmc.in_loops(
;; CHECK:       load atomic i64, ptr %{{.*}} monotonic
;; CHECK:       icmp uge i64
;; CHECK:       call void @llvm.ubsantrap(i8 16)
;; CHECK:       attributes #[[MARKED]] = {{.*}}"wasmc-late-code"
