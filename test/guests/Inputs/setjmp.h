// setjmp and longjmp for wasm32-wasi: clang's -mllvm -wasm-enable-sjlj turns both into calls of the functions
// in setjmp.c, which Debian 12's wasi-libc lacks.
#pragma once

typedef struct {
  void* invocation;  // of the function that called setjmp
  unsigned label;    // which of its calls
  struct {
    void* buffer;
    int value;
  } jump;  // what a longjmp throws a pointer to
} jmp_buf[1];

int setjmp(jmp_buf buffer) __attribute__((returns_twice));
void longjmp(jmp_buf buffer, int value) __attribute__((noreturn));
