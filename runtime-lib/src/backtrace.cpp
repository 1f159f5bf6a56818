#include <unwind.h>

#include <algorithm>

#include "arch.h"
#include "artifact.h"
#include "code_registry.h"
#include "thread_state.h"
#include "unwinding.h"

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

// The function whose body contains a byte of the .wasm file.
std::optional<uint32_t> functionAt(const abi::MetadataView& meta, uint64_t offset) {
  const auto defined = meta.functions().subspan(meta->imported_functions);
  const auto after = std::upper_bound(defined.begin(), defined.end(), offset,
                                      [](uint64_t at, const auto& f) { return at < f.body_offset; });
  if (after == defined.begin()) return std::nullopt;
  const abi::FunctionEntry& function = *(after - 1);
  if (offset - function.body_offset >= function.body_size) return std::nullopt;
  return meta->imported_functions + static_cast<uint32_t>(&function - defined.data());
}

// The frame of a return address or trapped instruction. Where it is in code that was inlined from another
// function, that one's frame comes first; calls in between are not known.
void addFrames(std::vector<Frame>& frames, uintptr_t pc) {
  const Artifact* artifact = CodeRegistry::global().find(pc);
  if (!artifact) return frames.emplace_back(), void();
  const abi::AddressMapFunction& code = *artifact->findCode(pc);
  const abi::MetadataView& meta = artifact->meta();
  const auto add = [&](uint32_t function, std::optional<uint64_t> offset) {
    Frame& frame = frames.emplace_back();
    frame.module = artifact->name();
    frame.function_index = function;
    frame.offset = offset;
    if (function >= meta.functions().size()) return;
    const abi::FunctionEntry& entry = meta.functions()[function];
    frame.function = meta.string(entry.name);
    if (offset && *offset - entry.body_offset < entry.body_size)
      frame.function_offset = *offset - entry.body_offset;
  };
  const std::optional<uint64_t> offset = artifact->wasmOffset(code, pc);
  const std::optional<uint32_t> inlined = offset ? functionAt(meta, *offset) : std::nullopt;
  if (!inlined || *inlined == code.function) return add(code.function, offset);
  add(*inlined, offset);
  add(code.function, std::nullopt);
}

}  // namespace

void captureBacktrace(RawBacktrace& backtrace) { _Unwind_Backtrace(addFrame, &backtrace); }

Trap makeTrap(TrapCode code, const RawBacktrace& backtrace) {
  constexpr uint64_t kEnd = RawBacktrace::kEnd;
  const uint64_t count = backtrace.count;
  const uint64_t first = std::min(count, kEnd);
  const uint64_t last = backtrace.complete() ? std::min(count - first, kEnd) : 0;
  std::vector<Frame> frames;
  frames.reserve(first + last);
  for (uint64_t i = 0; i < first; ++i) addFrames(frames, backtrace.pcs[i]);
  const uint64_t before_gap = frames.size();
  for (uint64_t i = count - last; i < count; ++i) addFrames(frames, backtrace.pcs[kEnd + i % kEnd]);
  return Trap(code, std::move(frames), count - first - last, before_gap);
}

Error* takePending(ThreadState& thread) {
  if (thread.uncaught) return takeUncaught(thread);
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
