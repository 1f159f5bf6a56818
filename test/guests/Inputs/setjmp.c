#include "setjmp.h"

__asm__(".globl __c_longjmp\n.tagtype __c_longjmp i32\n__c_longjmp:\n");

void __wasm_setjmp(void* buffer, unsigned label, void* invocation) {
  (*(jmp_buf*)buffer)->invocation = invocation;
  (*(jmp_buf*)buffer)->label = label;
}

unsigned __wasm_setjmp_test(void* buffer, void* invocation) {
  return (*(jmp_buf*)buffer)->invocation == invocation ? (*(jmp_buf*)buffer)->label : 0;
}

void __wasm_longjmp(void* buffer, int value) {
  (*(jmp_buf*)buffer)->jump.buffer = buffer;
  (*(jmp_buf*)buffer)->jump.value = value ? value : 1;
  enum { kLongjmpTag = 1 };
  __builtin_wasm_throw(kLongjmpTag, &(*(jmp_buf*)buffer)->jump);
}
