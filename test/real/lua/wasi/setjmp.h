// How the guest build of Lua raises and catches errors, on a WebAssembly without exceptions and a libc
// without setjmp: Binaryen's Asyncify makes each function able to return early, and an error is exactly that,
// an early return of everything above the handler. (CRuby's WebAssembly port does setjmp/longjmp the same
// way.) The host has no part in it.
//
// Lua includes this in ldo.c alone, which leaves the three macros to ports.
#pragma once

struct lua_State;

void raise_to_handler(void);
void call_with_handler(void (*function)(struct lua_State*, void*), struct lua_State* state, void* argument);

#define luai_jmpbuf int  // Not needed.
#define LUAI_THROW(L, c) raise_to_handler()
// `body` is `(*f)(L, ud);`, which has to run inside a function that Asyncify leaves alone.
#define LUAI_TRY(L, c, body) call_with_handler(f, L, ud)
