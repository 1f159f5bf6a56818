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

// The limits of the thread do not count on a stack that is not the thread's own (a host's fibers). A call
// into the store that a host function makes shares the store's limit with the call that it is in.
StackReach stackReach(const ThreadState& thread, const StoreImpl& store, uintptr_t sp) {
  const uint64_t bytes = store.limits.stack_bytes;
  const uintptr_t of_store = sp - std::min<uint64_t>(bytes, sp);
  if (sp < thread.stack.low || sp >= thread.stack.high) return {of_store, of_store};
  if (store.stack_limit != 0) return {store.stack_limit, store.frame_limit};
  return {std::max(thread.stack_limit, of_store), std::max(thread.frame_limit, of_store)};
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

  const uintptr_t outer_limit = store.stack_limit;
  const uintptr_t outer_frame_limit = store.frame_limit;
  Activation activation;
  activation.previous = thread.current;
  activation.store = &store;
  activation.exceptions = thread.exceptions;
  store.stack_limit = reach.host;
  store.frame_limit = reach.frames;
  thread.current = &activation;
  const int trapped = wasmc_enter(reinterpret_cast<abi::ArrayCall>(ref.array_call), ref.code, ref.context,
                                  values, &activation.entry_sp);
  thread.current = activation.previous;
  store.stack_limit = outer_limit;
  store.frame_limit = outer_frame_limit;
  if (!trapped) [[likely]]
    return nullptr;
  Error* failed = takePending(thread);
  freeExceptions(thread, activation.exceptions);
  return failed;
}

[[noreturn]] void leaveGuest(ThreadState& thread) {
  if (thread.current->store->engine.options().backtraces) captureBacktrace(thread.backtrace);
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
  thread.error = owned;
  leaveGuest(thread);
}

void raiseTrap(TrapCode code) {
  ThreadState& thread = *current_thread;
  thread.code = code;
  leaveGuest(thread);
}

}  // namespace wasmc::detail
