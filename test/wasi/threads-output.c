// Lines that threads write at the same time come out whole.
// RUN: %clang_threads %s -o %t.wasm
// RUN: %wasmrun %t.wasm | sort | uniq -c | FileCheck %s
#include "threads.h"

static void* write_lines(void* unused) {
  for (int i = 0; i < 200; ++i) report("line", 7);
  return unused;
}

int main(void) {
  pthread_t threads[4];
  for (int i = 0; i < 4; ++i) pthread_create(&threads[i], NULL, write_lines, NULL);
  for (int i = 0; i < 4; ++i) pthread_join(threads[i], NULL);
}
// CHECK:     {{^ *}}800 line 7{{$}}
// CHECK-NOT: line
