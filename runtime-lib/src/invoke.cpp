// Calls from the host into guest code, and the ways out of it that are not returns.
#include <wasmc/detail/host_function.h>
#include <wasmc/func.h>

#include <algorithm>
#include <memory>

#include "arch.h"
#include "func_ref.h"
#include "store_impl.h"
#include "thread_state.h"
#include "unwinding.h"

namespace wasmc::detail {
namespace {

// How far down the stack the host code that guest code calls, and frames that check it themselves, may reach
// while the host's stack pointer is `sp`.
struct StackReach {
  uintptr_t host;
  uintptr_t frames;
};

// What StoreHead::stack_limit is where no interruption has made it higher.
uintptr_t hostLimit(const ThreadState& thread, const StoreImpl& store) {
  const Activation* innermost = thread.current;
  while (innermost->store != &store) innermost = innermost->previous;
  return innermost->host_limit;
}

// The limits of the thread do not count on a stack that is not the thread's own (a host's fibers). A call
// into the store that a host function makes shares the store's limit with the call that it is in.
StackReach stackReach(const ThreadState& thread, const StoreImpl& store, uintptr_t sp) {
  const uint64_t bytes = store.limits.stack_bytes;
  const uintptr_t of_store = sp - std::min<uint64_t>(bytes, sp);
  if (sp < thread.stack.low || sp >= thread.stack.high) return {of_store, of_store};
  if (store.stack_limit == UINTPTR_MAX) return {hostLimit(thread, store), store.frame_limit};
  if (store.stack_limit != 0) return {store.stack_limit, store.frame_limit};
  return {std::max(thread.stack_limit, of_store), std::max(thread.frame_limit, of_store)};
}

// Makes the activation the innermost one. The error if it must not begin: it is to be ended, nevertheless.
Error* begin(ThreadState& thread, Activation& activation, StoreImpl& store, const StackReach& reach) {
  Interruption& interruption = *store.interruption;
  activation.previous = thread.current;
  activation.store = &store;
  activation.exceptions = thread.exceptions;
  activation.outer_limit = store.stack_limit;
  activation.outer_frame_limit = store.frame_limit;
  activation.outer_thread = interruption.thread.load(std::memory_order_relaxed);
  activation.host_limit = reach.host;
  store.stack_limit = reach.host;
  store.frame_limit = reach.frames;
  thread.current = &activation;
  interruption.thread.store(thread.id, std::memory_order_relaxed);
  // interruption.h says what this order is for.
  std::atomic_signal_fence(std::memory_order_seq_cst);
  if (calls_fence.load(std::memory_order_relaxed)) [[unlikely]]
    std::atomic_thread_fence(std::memory_order_seq_cst);
  if (interruption.pending.load(std::memory_order_relaxed) != 0) [[unlikely]]
    return admit(thread, interruption);
  return nullptr;
}

void end(ThreadState& thread, const Activation& activation) {
  Interruption& interruption = *activation.store->interruption;
  std::atomic_signal_fence(std::memory_order_seq_cst);
  thread.current = activation.previous;
  activation.store->stack_limit = activation.outer_limit;
  activation.store->frame_limit = activation.outer_frame_limit;
  interruption.thread.store(activation.outer_thread, std::memory_order_relaxed);
  std::atomic_signal_fence(std::memory_order_seq_cst);
  if (thread.attentive) [[unlikely]]
    settle(thread, interruption);
}

Error* enterGuest(const abi::FuncRef& ref, abi::Value* values) {
  ThreadState& thread = threadState();
  StoreImpl& store = storeOf(ref);
  const auto sp = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  if (store.uses_signals && !thread.handles_signals) [[unlikely]]
    prepareSignals(thread);
  const StackReach reach = stackReach(thread, store, sp);
  if (sp < reach.host) [[unlikely]]
    return new Error(Error::ofTrap(TrapCode::StackExhausted));

  Activation activation;
  Error* failed = begin(thread, activation, store, reach);
  if (failed) [[unlikely]] {
    end(thread, activation);
    return failed;
  }
  const int trapped = wasmc_enter(reinterpret_cast<abi::ArrayCall>(ref.array_call), ref.code, ref.context,
                                  values, &activation.entry_sp);
  end(thread, activation);
  if (!trapped) [[likely]]
    return nullptr;
  failed = takePending(thread);
  freeExceptions(thread, activation.exceptions);
  return failed;
}

[[noreturn]] void leaveGuest(ThreadState& thread) {
  captureBacktrace(thread);
  wasmc_abandon(thread.current->entry_sp);
}

}  // namespace

StoreImpl& storeOf(const abi::FuncRef& ref) { return *static_cast<StoreImpl*>(instanceOf(ref).store); }

Error* invoke(const abi::FuncRef* ref, abi::Value* values) {
  WASMC_USES_STORE(storeOf(*ref));
  if (!isHost(*ref)) return enterGuest(*ref, values);
  // A host function needs no entry into guest code, and its errors no way out of it.
  const abi::ImportSlot& slot = slotOf(*ref);
  Caller caller(static_cast<abi::InstanceHeader*>(slot.caller));
  auto& function = *static_cast<HostFunction*>(slot.env);
  return function.call(function, caller, values);
}

std::unexpected<Error> takeError(Error* owned) {
  const std::unique_ptr<Error> error(owned);
  return std::unexpected(std::move(*error));
}

void raise(Error* owned) {
  ThreadState& thread = *current_thread;
  throwFromHost(thread, owned);
  if (owned->code == ErrorCode::Interrupted) takeInterruption(thread);
  thread.error = owned;
  leaveGuest(thread);
}

void raiseTrap(TrapCode code) {
  ThreadState& thread = *current_thread;
  if (code == TrapCode::Interrupted) takeInterruption(thread);
  thread.code = code;
  leaveGuest(thread);
}

void stackLimitReached(abi::StoreHead& store) {
  ThreadState& thread = *current_thread;
  if (isInterrupted(thread)) raiseTrap(TrapCode::Interrupted);
  const auto sp = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  const uintptr_t limit = hostLimit(thread, static_cast<StoreImpl&>(store));
  if (sp < limit) raiseTrap(TrapCode::StackExhausted);
  store.stack_limit = limit;
}

}  // namespace wasmc::detail
