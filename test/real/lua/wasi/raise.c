// The two ends of an early return; see setjmp.h.
#include "setjmp.h"

#include <stdint.h>
#include <stdlib.h>

#ifdef ERRORS_END

void raise_to_handler(void) { abort(); }

void call_with_handler(void (*function)(struct lua_State *, void *), struct lua_State *state, void *argument) {
  function(state, argument);
}

#else

#define ASYNCIFY(name) __attribute__((import_module("asyncify"), import_name(#name)))

// wasm-opt --asyncify replaces these imports by functions that it generates.
ASYNCIFY(start_unwind) void asyncify_start_unwind(void *frames);
ASYNCIFY(stop_unwind) void asyncify_stop_unwind(void);

// Where the functions that return early save their state. It is never restored, so it is overwritten each time.
static struct {
  char *next;
  char *end;
  char bytes[1 << 20];
} frames;

static int raising;

__asm__(".globaltype __stack_pointer, i32");

static inline uintptr_t stack_pointer(void) {
  uintptr_t value;
  __asm__ volatile("global.get __stack_pointer\nlocal.set %0" : "=r"(value));
  return value;
}

static inline void set_stack_pointer(uintptr_t value) {
  __asm__ volatile("local.get %0\nglobal.set __stack_pointer" : : "r"(value));
}

void raise_to_handler(void) {
  frames.next = frames.bytes;
  frames.end = frames.bytes + sizeof frames.bytes;
  raising = 1;
  asyncify_start_unwind(&frames);
}

void call_with_handler(void (*function)(struct lua_State *, void *), struct lua_State *state, void *argument) {
  // Functions that return early do not give back their part of the stack.
  uintptr_t saved = stack_pointer();
  function(state, argument);
  if (raising) {
    asyncify_stop_unwind();
    raising = 0;
    set_stack_pointer(saved);
  }
}

#endif
