// The part of pthreads that the tests of wasi-threads use, for programs without a C library: there is none for
// wasm32-wasi-threads in Debian. Names as in <pthread.h>; built with THREADS_FLAGS of lit.local.cfg.
#ifndef THREADS_H
#define THREADS_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#define IMPORT(module, name) __attribute__((import_module(module), import_name(name)))

IMPORT("wasi", "thread-spawn") int32_t thread_spawn(void* start);
IMPORT("wasi_snapshot_preview1", "fd_write") int32_t fd_write(int32_t fd, const void* iovs, int32_t count, int32_t* written);
IMPORT("wasi_snapshot_preview1", "fd_read") int32_t fd_read(int32_t fd, const void* iovs, int32_t count, int32_t* read);
IMPORT("wasi_snapshot_preview1", "proc_exit") _Noreturn void proc_exit(int32_t status);

int main(void);
__attribute__((export_name("_start"))) void _start(void) {
  int status = main();
  if (status) proc_exit(status);
}

// Threads.

enum { STACK_SIZE = 16384, MAX_THREADS = 16 };

typedef struct Thread {
  void* stack_top;  // first: wasi_thread_start reads it
  void* (*run)(void*);
  void* argument;
  void* result;
  _Atomic int32_t ended;
}* pthread_t;

__asm__(
    ".globaltype __stack_pointer, i32\n"
    ".functype thread_main (i32) -> ()\n"
    ".globl wasi_thread_start\n"
    ".export_name wasi_thread_start, wasi_thread_start\n"
    "wasi_thread_start:\n"
    ".functype wasi_thread_start (i32, i32) -> ()\n"
    "local.get 1\n"
    "i32.load 0\n"
    "global.set __stack_pointer\n"
    "local.get 1\n"
    "call thread_main\n"
    "end_function\n");

static int32_t wait32(_Atomic int32_t* at, int32_t expected) {
  return __builtin_wasm_memory_atomic_wait32((int32_t*)at, expected, -1);
}
static void wake(_Atomic int32_t* at, uint32_t count) { __builtin_wasm_memory_atomic_notify((int32_t*)at, count); }

__attribute__((used)) void thread_main(pthread_t thread) {
  thread->result = thread->run(thread->argument);
  thread->ended = 1;
  wake(&thread->ended, 1);
}

static int pthread_create(pthread_t* thread, void* attributes, void* (*run)(void*), void* argument) {
  static struct Thread threads[MAX_THREADS];
  static _Alignas(16) char stacks[MAX_THREADS][STACK_SIZE];
  static _Atomic int count;
  int index = count++;
  *thread = &threads[index];
  **thread = (struct Thread){stacks[index] + STACK_SIZE, run, argument, NULL, 0};
  return thread_spawn(*thread) < 0;
}

static int pthread_join(pthread_t thread, void** result) {
  while (!thread->ended) wait32(&thread->ended, 0);
  if (result) *result = thread->result;
  return 0;
}

// Mutexes: 0 free, 1 locked, 2 locked with others waiting. Condition variables: a count of signals.

typedef struct { _Atomic int32_t state; } pthread_mutex_t;
typedef struct { _Atomic int32_t signals; } pthread_cond_t;
#define PTHREAD_MUTEX_INITIALIZER {0}
#define PTHREAD_COND_INITIALIZER {0}

static void pthread_mutex_lock(pthread_mutex_t* mutex) {
  int32_t state = 0;
  if (atomic_compare_exchange_strong(&mutex->state, &state, 1)) return;
  while (atomic_exchange(&mutex->state, 2) != 0) wait32(&mutex->state, 2);
}

static void pthread_mutex_unlock(pthread_mutex_t* mutex) {
  if (atomic_exchange(&mutex->state, 0) == 2) wake(&mutex->state, 1);
}

static void pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex) {
  int32_t seen = condition->signals;
  pthread_mutex_unlock(mutex);
  wait32(&condition->signals, seen);
  pthread_mutex_lock(mutex);
}

static void pthread_cond_signal(pthread_cond_t* condition) {
  condition->signals++;
  wake(&condition->signals, 1);
}

static void pthread_cond_broadcast(pthread_cond_t* condition) {
  condition->signals++;
  wake(&condition->signals, UINT32_MAX);
}

// Output: a line of a text and a number.

static void report(const char* text, int32_t number) {
  char line[80];
  size_t end = sizeof(line), length = 0;
  line[--end] = '\n';
  do line[--end] = (char)('0' + number % 10);
  while (number /= 10);
  line[--end] = ' ';
  while (text[length]) ++length;
  while (length) line[--end] = text[--length];
  const void* iov[2] = {line + end, (void*)(sizeof(line) - end)};
  int32_t written;
  fd_write(1, iov, 1, &written);
}

#endif  // THREADS_H
