// A program may import a shared memory without starting threads.
// RUN: %clang_threads %s -o %t.wasm
// RUN: sh -c '%wasmrun %t.wasm; test $? -eq 3'
// RUN: not %wasmrun --max-memory 65536 %t.wasm 2>&1 | FileCheck %s
// CHECK: shared-memory.c.tmp.wasm: {{.*}}memory
#include "threads.h"

static _Atomic int32_t count = 1;

int main(void) {
  count += 2;
  return count;
}
