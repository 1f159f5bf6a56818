#include <unwind.h>

#include <algorithm>

#include "arch.h"
#include "artifact.h"
#include "code_registry.h"
#include "thread_state.h"

namespace wasmc::detail {
namespace {

_Unwind_Reason_Code addFrame(_Unwind_Context* context, void* pointer) {
  int before_instruction = 0;
  uintptr_t pc = _Unwind_GetIPInfo(context, &before_instruction);
  // A return address may already belong to what follows the call.
  if (!before_instruction) --pc;
  if (pc >= reinterpret_cast<uintptr_t>(&wasmc_enter) && pc < reinterpret_cast<uintptr_t>(wasmc_enter_end))
    return _URC_NORMAL_STOP;
  const Artifact* artifact = CodeRegistry::global().find(pc);
  auto& backtrace = *static_cast<RawBacktrace*>(pointer);
  if (artifact && artifact->findCode(pc)->function != abi::kNone) backtrace.add(pc);
  return backtrace.complete() ? _URC_NO_REASON : _URC_NORMAL_STOP;
}

Frame resolve(uintptr_t pc) {
  Frame frame;
  const Artifact* artifact = CodeRegistry::global().find(pc);
  if (!artifact) return frame;
  const abi::AddressMapFunction& code = *artifact->findCode(pc);
  const abi::MetadataView& meta = artifact->meta();
  frame.module = artifact->name();
  frame.function_index = code.function;
  if (code.function < meta.functions().size())
    frame.function = meta.string(meta.functions()[code.function].name);
  frame.offset = artifact->wasmOffset(code, pc);
  return frame;
}

Trap makeTrap(TrapCode code, const RawBacktrace& backtrace) {
  constexpr uint64_t kEnd = RawBacktrace::kEnd;
  const uint64_t count = backtrace.count;
  const uint64_t first = std::min(count, kEnd);
  const uint64_t last = backtrace.complete() ? std::min(count - first, kEnd) : 0;
  std::vector<Frame> frames;
  frames.reserve(first + last);
  for (uint64_t i = 0; i < first; ++i) frames.push_back(resolve(backtrace.pcs[i]));
  for (uint64_t i = count - last; i < count; ++i) frames.push_back(resolve(backtrace.pcs[kEnd + i % kEnd]));
  return Trap(code, std::move(frames), count - first - last, first);
}

}  // namespace

void captureBacktrace(RawBacktrace& backtrace) { _Unwind_Backtrace(addFrame, &backtrace); }

Error* takePending(ThreadState& thread) {
  Error* error = thread.error;
  if (!error) {
    error = new Error(Error::ofTrap(thread.code));
    error->trap = makeTrap(thread.code, thread.backtrace);
  } else if (error->trap ? error->trap->frames().empty() : error->code != ErrorCode::Exit) {
    error->trap = makeTrap(error->trap ? error->trap->code() : TrapCode::HostError, thread.backtrace);
  }
  thread.error = nullptr;
  thread.code = TrapCode::None;
  thread.backtrace.count = 0;
  return error;
}

}  // namespace wasmc::detail
