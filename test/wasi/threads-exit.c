// proc_exit in any thread ends the program with that status, whatever the others are doing.
// RUN: %clang_threads %s -o %t.wasm
// RUN: sh -c '%wasmrun %t.wasm; test $? -eq 7'
#include "threads.h"

static void* leave(void* unused) { proc_exit(7); }

int main(void) {
  pthread_t thread;
  _Atomic int32_t never = 0;
  pthread_create(&thread, NULL, leave, NULL);
  for (;;) wait32(&never, 0);
}
