// Threads with mutexes and condition variables: producers and consumers with a queue between them.
// RUN: %clang_threads %s -o %t.wasm
// RUN: %wasmrun %t.wasm | FileCheck %s
#include "threads.h"

enum { PRODUCERS = 3, CONSUMERS = 3, ITEMS = 2000, SLOTS = 8 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t not_empty = PTHREAD_COND_INITIALIZER, not_full = PTHREAD_COND_INITIALIZER;
static int queue[SLOTS], first, used, producers_left = PRODUCERS;

static void* produce(void* unused) {
  for (int i = 1; i <= ITEMS; ++i) {
    pthread_mutex_lock(&mutex);
    while (used == SLOTS) pthread_cond_wait(&not_full, &mutex);
    queue[(first + used++) % SLOTS] = i;
    pthread_cond_signal(&not_empty);
    pthread_mutex_unlock(&mutex);
  }
  pthread_mutex_lock(&mutex);
  if (--producers_left == 0) pthread_cond_broadcast(&not_empty);
  pthread_mutex_unlock(&mutex);
  return unused;
}

static void* consume(void* sum) {
  for (;;) {
    pthread_mutex_lock(&mutex);
    while (used == 0 && producers_left > 0) pthread_cond_wait(&not_empty, &mutex);
    if (used == 0) break;
    *(int*)sum += queue[first];
    first = (first + 1) % SLOTS;
    --used;
    pthread_cond_signal(&not_full);
    pthread_mutex_unlock(&mutex);
  }
  pthread_mutex_unlock(&mutex);
  return sum;
}

int main(void) {
  pthread_t threads[PRODUCERS + CONSUMERS];
  int sums[CONSUMERS] = {0}, total = 0;
  for (int i = 0; i < CONSUMERS; ++i) pthread_create(&threads[i], NULL, consume, &sums[i]);
  for (int i = 0; i < PRODUCERS; ++i) pthread_create(&threads[CONSUMERS + i], NULL, produce, NULL);
  for (int i = 0; i < PRODUCERS + CONSUMERS; ++i) {
    void* result;
    pthread_join(threads[i], &result);
    if (result) total += *(int*)result;
  }
  // CHECK: total 6003000
  report("total", total);
  // CHECK-NEXT: left 0
  report("left", used);
}
