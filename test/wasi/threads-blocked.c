// A thread that waits for input holds up no other thread's calls.
// RUN: %clang_threads %s -o %t.wasm
// RUN: %python %S/Inputs/answer.py %wasmrun %t.wasm | FileCheck %s
#include "threads.h"

static void* read_byte(void* byte) {
  const void* iov[2] = {byte, (void*)1};
  int32_t count;
  fd_read(0, iov, 1, &count);
  return byte;
}

int main(void) {
  pthread_t reader;
  char byte = 0;
  pthread_create(&reader, NULL, read_byte, &byte);
  // CHECK: question 1
  report("question", 1);
  pthread_join(reader, NULL);
  // CHECK-NEXT: answer 120
  report("answer", byte);
}
