#include "thread_state.h"

#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>
#include <wasmc/abi/layout.h>

#include <algorithm>
#include <cstdlib>
#include <mutex>

#include "log.h"

namespace wasmc::detail {

constinit thread_local ThreadState* current_thread = nullptr;

namespace {

// Room for the handler, the unwinder and a signal frame with the widest registers; a host's own alternate
// stack of this size is left alone. (AddressSanitizer installs one of 32 KiB.)
constexpr size_t kEnoughSignalStack = 24 * 1024;
constexpr size_t kSignalStack = 64 * 1024;

void installSignalStack(ThreadState& thread) {
  stack_t existing = {};
  if (sigaltstack(nullptr, &existing) == 0 && !(existing.ss_flags & SS_DISABLE) &&
      existing.ss_size >= kEnoughSignalStack)
    return;
  const size_t guard = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  const size_t size = kSignalStack + guard;
  void* at = mmap(nullptr, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  if (at == MAP_FAILED) return;
  auto* low = static_cast<uint8_t*>(at) + guard;
  stack_t ours = {};
  ours.ss_sp = low;
  ours.ss_size = kSignalStack;
  if (mprotect(low, kSignalStack, PROT_READ | PROT_WRITE) != 0 || sigaltstack(&ours, nullptr) != 0) {
    munmap(at, size);
    return;
  }
  thread.signal_stack = at;
  thread.signal_stack_size = size;
  log::write(log::Category::Signal, "alternate signal stack of %zu bytes for this thread", kSignalStack);
}

void removeSignalStack(ThreadState& thread) {
  if (!thread.signal_stack) return;
  stack_t installed = {};
  const auto* low = static_cast<uint8_t*>(thread.signal_stack);
  const bool ours = sigaltstack(nullptr, &installed) == 0 && !(installed.ss_flags & SS_DISABLE) &&
                    installed.ss_sp > low && installed.ss_sp < low + thread.signal_stack_size;
  if (ours) {
    stack_t none = {};
    none.ss_flags = SS_DISABLE;
    sigaltstack(&none, nullptr);
  }
  munmap(thread.signal_stack, thread.signal_stack_size);
}

void destroyThread(void* pointer) {
  auto* thread = static_cast<ThreadState*>(pointer);
  destroyTimer(thread->timer);
  removeSignalStack(*thread);
  current_thread = nullptr;
  delete thread;
}

pthread_key_t threadKey() {
  static const pthread_key_t key = [] {
    pthread_key_t made = 0;
    // Without the key a thread's state would stay when the thread ends: only a leak.
    pthread_key_create(&made, destroyThread);
    pthread_atfork(nullptr, nullptr, [] {
      if (current_thread) adoptThread(*current_thread);
    });
    return made;
  }();
  return key;
}

}  // namespace

ThreadState& prepareThread() {
  auto* thread = new ThreadState;
  thread->id = gettid();
  thread->stack = os::currentStack();
  const size_t size = thread->stack.high - thread->stack.low;
  if (size > 0) {
    thread->stack_limit = thread->stack.low + std::min(kStackReserve, size / 4);
    thread->frame_limit = thread->stack.low + kStackReserve + abi::kLargestFrame;
  }
  pthread_setspecific(threadKey(), thread);
  current_thread = thread;
  return *thread;
}

void prepareSignals(ThreadState& thread) {
  installSignalHandlers();
  installSignalStack(thread);
  thread.handles_signals = true;
}

}  // namespace wasmc::detail
