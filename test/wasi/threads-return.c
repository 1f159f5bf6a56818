// The program ends when main returns, whatever its threads are doing.
// RUN: %clang_threads %s -o %t.wasm
// RUN: sh -c '%wasmrun %t.wasm; test $? -eq 3'
#include "threads.h"

static _Atomic int32_t started, never;

static void* stay(void* waits) {
  ++started;
  for (;;)
    if (waits) wait32(&never, 0);
}

int main(void) {
  pthread_t threads[2];
  pthread_create(&threads[0], NULL, stay, NULL);
  pthread_create(&threads[1], NULL, stay, &threads);
  while (started < 2) {
  }
  return 3;
}
