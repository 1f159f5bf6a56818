#include "unwinding.h"

#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <utility>

#include "arch.h"
#include "lsda.h"
#include "store_impl.h"
#include "value_check.h"

namespace wasmc::detail {
namespace {

constexpr _Unwind_Exception_Class kExceptionClass = 0x7761736d63000000;  // "wasmc"

bool wantsBacktraces(const ThreadState& thread) {
  return thread.current->store->engine.options().backtraces != Backtraces::None;
}

// Notes a frame that the search for a catch goes through: so a backtrace costs no walk of its own.
void noteFrame(ThrownException& exception, uintptr_t pc) {
  if (exception.resumes)
    exception.resumes = false;
  else if (wantsBacktraces(*current_thread))
    exception.backtrace.add(pc);
}

bool valuesFit(const Exception& exception, StoreRef store) {
  const std::vector<ValType>& types = exception.tag().type().type.params;
  if (exception.values().size() != types.size()) return false;
  for (size_t i = 0; i < types.size(); ++i)
    if (!checkValue(exception.values()[i], types[i], store, "value of an exception")) return false;
  return true;
}

std::string describe(const Exception& exception) {
  std::string text = "uncaught exception: " + toString(ExternType(exception.tag().type())) + " with (";
  for (size_t i = 0; i < exception.values().size(); ++i)
    text += (i ? ", " : "") + exception.values()[i].str();
  return text + ")";
}

}  // namespace

ThrownException& ThrownException::of(void* guest) {
  return *reinterpret_cast<ThrownException*>(static_cast<std::byte*>(guest) -
                                             offsetof(ThrownException, guest));
}

ThrownException& ThrownException::of(_Unwind_Exception* unwind) {
  return *reinterpret_cast<ThrownException*>(reinterpret_cast<std::byte*>(unwind) -
                                             offsetof(ThrownException, unwind));
}

static_assert(offsetof(ThrownException, guest) + sizeof(abi::Exception) == sizeof(ThrownException),
              "generated code finds the values behind the abi::Exception");

ThrownException& newException(ThreadState& thread, TagImpl& tag) {
  const size_t values = tag.type.type.params.size() * sizeof(abi::Value);
  constexpr std::align_val_t kAlign{alignof(ThrownException)};
  auto* exception = new (::operator new(sizeof(ThrownException) + values, kAlign)) ThrownException;
  std::memset(static_cast<void*>(exception->values()), 0, values);
  exception->guest.tag = &tag;
  exception->unwind.exception_class = kExceptionClass;
  exception->older = thread.exceptions;
  if (thread.exceptions) thread.exceptions->newer = exception;
  thread.exceptions = exception;
  return *exception;
}

void freeException(ThreadState& thread, ThrownException& exception) {
  (exception.newer ? exception.newer->older : thread.exceptions) = exception.older;
  if (exception.older) exception.older->newer = exception.newer;
  delete exception.from_host;
  ::operator delete(&exception, std::align_val_t{alignof(ThrownException)});
}

void freeExceptions(ThreadState& thread, const ThrownException* kept) {
  while (thread.exceptions != kept) freeException(thread, *thread.exceptions);
}

void raiseException(ThreadState& thread, ThrownException& exception) {
  _Unwind_RaiseException(&exception.unwind);
  thread.uncaught = &exception;
  wasmc_abandon(thread.current->entry_sp);
}

void throwFromHost(ThreadState& thread, Error* owned) {
  if (!owned->exception) return;
  // No copy: what unwinds runs no destructors of this library.
  const Exception& thrown = *owned->exception;
  if (thrown.tag().store() != StoreRef(thread.current->store)) return;
  if (!valuesFit(thrown, thrown.tag().store())) {
    *owned =
        Error{ErrorCode::Type, "a host function threw values that its tag does not have: " + describe(thrown),
              std::nullopt, 0};
    return;
  }
  ThrownException& exception = newException(thread, *thrown.tag().raw());
  exception.from_host = owned;
  for (size_t i = 0; i < thrown.values().size(); ++i) exception.values()[i] = thrown.values()[i].raw();
  raiseException(thread, exception);
}

Error* takeUncaught(ThreadState& thread) {
  ThrownException& exception = *std::exchange(thread.uncaught, nullptr);
  std::unique_ptr<Error> error(std::exchange(exception.from_host, nullptr));
  if (!error) {
    const std::vector<ValType>& types = exception.tag().type.type.params;
    std::vector<Val> values;
    values.reserve(types.size());
    for (size_t i = 0; i < types.size(); ++i) values.push_back(Val::fromRaw(types[i], exception.values()[i]));
    error = std::make_unique<Error>(Error::thrown({Tag::fromRaw(&exception.tag()), std::move(values)}));
  }
  // An exception that came through a host function has its first frames already.
  if (!error->trap) error->trap = makeTrap(TrapCode::UncaughtException, exception.backtrace);
  error->message = describe(*error->exception);
  freeException(thread, exception);
  return error.release();
}

}  // namespace wasmc::detail

using wasmc::detail::ThrownException;

_Unwind_Reason_Code wasmc_guest_personality(int, _Unwind_Action actions,
                                            _Unwind_Exception_Class exception_class,
                                            _Unwind_Exception* thrown, _Unwind_Context* context) {
  // Exceptions of others are not the guest's to catch.
  if (exception_class != wasmc::detail::kExceptionClass) return _URC_CONTINUE_UNWIND;
  ThrownException& exception = ThrownException::of(thrown);
  const uintptr_t call = _Unwind_GetIP(context) - 1;
  if (actions & _UA_SEARCH_PHASE) wasmc::detail::noteFrame(exception, call);
  const uintptr_t start = _Unwind_GetRegionStart(context);
  const auto* lsda = reinterpret_cast<const uint8_t*>(_Unwind_GetLanguageSpecificData(context));
  const uintptr_t landing = wasmc::detail::landingPad(lsda, start, call);
  if (landing == 0) return _URC_CONTINUE_UNWIND;
  if (actions & _UA_SEARCH_PHASE) return _URC_HANDLER_FOUND;
  _Unwind_SetGR(context, __builtin_eh_return_data_regno(0), reinterpret_cast<uintptr_t>(&exception.guest));
  _Unwind_SetGR(context, __builtin_eh_return_data_regno(1), 0);
  _Unwind_SetIP(context, landing);
  return _URC_INSTALL_CONTEXT;
}

_Unwind_Reason_Code wasmc_entry_personality(int, _Unwind_Action actions,
                                            _Unwind_Exception_Class exception_class,
                                            _Unwind_Exception* thrown, _Unwind_Context* context) {
  // The end of a thread may pass. An exception of C++ may not: the calls below would stay registered.
  if (actions & _UA_FORCE_UNWIND) return _URC_CONTINUE_UNWIND;
  if (exception_class != wasmc::detail::kExceptionClass) return _URC_FATAL_PHASE1_ERROR;
  if (actions & _UA_SEARCH_PHASE) return _URC_HANDLER_FOUND;
  wasmc::detail::current_thread->uncaught = &ThrownException::of(thrown);
  _Unwind_SetIP(context, reinterpret_cast<uintptr_t>(wasmc_landing));
  return _URC_INSTALL_CONTEXT;
}
