// A trap in any thread ends the program, and is reported.
// RUN: %clang_threads %s -o %t.wasm
// RUN: sh -c '%wasmrun %t.wasm 2> %t.err; test $? -eq 134'
// RUN: FileCheck %s < %t.err
#include "threads.h"

static void* fail(void* unused) { __builtin_trap(); }

int main(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, fail, NULL);
  for (;;) {
  }
}
// CHECK: wasmrun: error: {{.*}}threads-trap.c.tmp.wasm: {{.*}}unreachable
// CHECK: threads-trap.c.tmp.wasm!fail@
