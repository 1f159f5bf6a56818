#include <stdio.h>
#ifdef __wasm__
#include "setjmp.h"
#else
#include <setjmp.h>
#endif

static jmp_buf outer, inner;

static void deep(int n, int value) {
  if (n > 0) {
    deep(n - 1, value);
    printf("never %d\n", n);
  }
  longjmp(value < 10 ? inner : outer, value);
}

static int nested(int value) {
  volatile int tries = 0;
  const int code = setjmp(inner);
  tries = tries + 1;
  if (code == 0) deep(5, value);
  printf("inner %d after %d\n", code, tries);
  return code;
}

int main(void) {
  volatile int round = 0;
  const int code = setjmp(outer);
  printf("outer %d\n", code);
  while (round < 4) {
    round = round + 1;
    printf("round %d: %d\n", round, nested(round % 2 ? round : round * 10));
  }
  int sum = 0;
  for (volatile int i = 0; i < 1000; ++i) {
    jmp_buf local;
    const int r = setjmp(local);
    if (r == 0) longjmp(local, 3);
    sum += r;
  }
  printf("%d\n", sum);
  return 0;
}
