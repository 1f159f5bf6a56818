// Calls from the host into guest code, and the ways out of it that are not returns.
#include <wasmc/detail/host_function.h>
#include <wasmc/func.h>

#include <memory>

#include "arch.h"
#include "func_ref.h"
#include "store_impl.h"
#include "thread_state.h"
#include "unwinding.h"

namespace wasmc::detail {
namespace {

// Whether the stack's limits hold while the host's stack pointer is `sp`: not on a stack that is not the
// thread's own (a host's fibers).
bool isOwnStack(const ThreadState& thread, uintptr_t sp) {
  return sp >= thread.stack.low && sp < thread.stack.high;
}

Error* enterGuest(const abi::FuncRef& ref, abi::Value* values) {
  ThreadState& thread = threadState();
  StoreImpl& store = storeOf(ref);
  const auto sp = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  if (store.uses_signals && !thread.handles_signals) [[unlikely]]
    prepareSignals(thread);
  const bool own_stack = isOwnStack(thread, sp);
  const uintptr_t limit = own_stack ? thread.stack_limit : 0;
  if (sp < limit) [[unlikely]]
    return new Error(Error::ofTrap(TrapCode::StackExhausted));

  const uintptr_t outer_limit = store.stack_limit;
  const uintptr_t outer_frame_limit = store.frame_limit;
  Activation activation;
  activation.previous = thread.current;
  activation.store = &store;
  activation.exceptions = thread.exceptions;
  store.stack_limit = limit;
  store.frame_limit = own_stack ? thread.frame_limit : 0;
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
