;; RUN: %wasmc %s --emit=ll -o - | FileCheck %s
;; What LLVM calls of the C library is in the artifact, and goes on through a variable that the loader fills in.

(module)

;; CHECK:      @wasmc.lib_calls = hidden externally_initialized global [4 x ptr] zeroinitializer
;; CHECK:      define hidden ptr @memcpy(ptr %0, ptr %1, i64 %2)
;; CHECK:      %function = load ptr, ptr @wasmc.lib_calls
;; CHECK-NEXT: musttail call ptr %function(ptr %0, ptr %1, i64 %2)
;; CHECK:      define hidden ptr @memmove(
;; CHECK:      define hidden ptr @memset(ptr %0, i32 %1, i64 %2)
