// Exceptions while they are thrown. The unwinder of the C++ runtime carries them through guest code, whose
// tables name wasmc_guest_personality, up to the innermost wasmc_enter.
#ifndef WASMC_UNWINDING_H
#define WASMC_UNWINDING_H

#include <unwind.h>
#include <wasmc/abi/layout.h>
#include <wasmc/result.h>

#include "thread_state.h"

namespace wasmc::detail {

struct TagImpl;

// One exception that has been thrown and not freed. abi::Exception's values follow it in memory. Standard
// layout, as its parts are what others have pointers to.
struct alignas(16) ThrownException {
  ThrownException* newer = nullptr;
  ThrownException* older = nullptr;
  Error* from_host = nullptr;  // what a host function threw it with; owned
  uint32_t users = 1;          // one on its way, or in the clauses that keep it
  bool resumes = false;        // the innermost guest frame is in the backtrace already
  RawBacktrace backtrace;
  _Unwind_Exception unwind = {};
  abi::Exception guest = {};

  static ThrownException& of(void* guest);
  static ThrownException& of(_Unwind_Exception* unwind);
  abi::Value* values() { return reinterpret_cast<abi::Value*>(this + 1); }
  TagImpl& tag() const { return *static_cast<TagImpl*>(guest.tag); }
};

// An exception without a backtrace, its values zero.
ThrownException& newException(ThreadState& thread, TagImpl& tag);
void freeException(ThreadState& thread, ThrownException& exception);
// Frees all that are newer than `kept`: those of a call into guest code that a trap ended.
void freeExceptions(ThreadState& thread, const ThrownException* kept);

// Unwinds to where it is caught. Where the frames of a host function that lies between have no unwind tables,
// the call into guest code ends with the exception.
[[noreturn]] void raiseException(ThreadState& thread, ThrownException& exception);

// Throws the exception of an error that a host function returned, if the guest can catch it; comes back if
// it cannot. Takes the error over if it does not come back.
void throwFromHost(ThreadState& thread, Error* owned);

// The error that the host gets for an exception that nothing caught, which this frees. The caller owns it.
Error* takeUncaught(ThreadState& thread);

}  // namespace wasmc::detail

extern "C" {
// LibCalls::personality.
_Unwind_Reason_Code wasmc_guest_personality(int version, _Unwind_Action actions,
                                            _Unwind_Exception_Class exception_class,
                                            _Unwind_Exception* exception, _Unwind_Context* context);
// Of wasmc_enter: exceptions end there.
_Unwind_Reason_Code wasmc_entry_personality(int version, _Unwind_Action actions,
                                            _Unwind_Exception_Class exception_class,
                                            _Unwind_Exception* exception, _Unwind_Context* context);
}

#endif  // WASMC_UNWINDING_H
