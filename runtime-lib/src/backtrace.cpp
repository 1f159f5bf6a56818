#include <sys/mman.h>
#include <unwind.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "arch.h"
#include "artifact.h"
#include "code_registry.h"
#include "store_impl.h"
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

Frame frameOf(const Artifact& artifact, uint32_t function, std::optional<uint64_t> offset) {
  const abi::MetadataView& meta = artifact.meta();
  Frame frame;
  frame.module = artifact.name();
  frame.function_index = function;
  frame.offset = offset;
  if (function >= meta.functions().size()) return frame;
  const abi::FunctionEntry& entry = meta.functions()[function];
  frame.function = meta.string(entry.name);
  if (offset && *offset - entry.body_offset < entry.body_size)
    frame.function_offset = *offset - entry.body_offset;
  return frame;
}

// The frames of one instruction of the module: those of functions that its compiler inlined, and its own
// last.
void addSourceFrames(std::vector<Frame>& frames, const Artifact& artifact, const Frame& own) {
  const std::vector<abi::SourcePosition> positions = artifact.sourcePositions(*own.offset);
  for (size_t i = 0; i < positions.size(); ++i) {
    Frame& frame = frames.emplace_back(own);
    frame.inlined = i + 1 < positions.size();
    if (!positions[i].function.empty() && (frame.inlined || frame.function.empty()))
      frame.function = positions[i].function;
    if (positions[i].line != 0)
      frame.source = {std::string(positions[i].file), positions[i].line, positions[i].column};
  }
  if (positions.empty()) frames.push_back(own);
}

// The frames of a return address or trapped instruction. Where it is in code that was inlined from other wasm
// functions, theirs come first.
void addFrames(std::vector<Frame>& frames, uintptr_t pc) {
  const Artifact* artifact = CodeRegistry::global().find(pc);
  if (!artifact) return frames.emplace_back(), void();
  const abi::AddressMapFunction& code = *artifact->findCode(pc);
  uint32_t function = abi::kNone;
  for (uint64_t offset : artifact->wasmOffsets(code, pc)) {
    function = functionAt(artifact->meta(), offset).value_or(code.function);
    addSourceFrames(frames, *artifact, frameOf(*artifact, function, offset));
  }
  if (function == code.function) return;
  // Its prologue: nothing of the body has been carried out.
  const std::span<const abi::FunctionEntry> functions = artifact->meta().functions();
  const bool prologue = function == abi::kNone && code.function < functions.size();
  if (!prologue) return frames.push_back(frameOf(*artifact, code.function, std::nullopt));
  addSourceFrames(frames, *artifact, frameOf(*artifact, code.function, functions[code.function].body_offset));
}

}  // namespace

RawBacktrace::~RawBacktrace() {
  if (room) munmap(room, kMost * sizeof(uintptr_t));
}

void captureBacktrace(ThreadState& thread) {
  const Backtraces wanted = *thread.current->store->engine.options().backtraces;
  RawBacktrace& backtrace = thread.backtrace;
  if (wanted == Backtraces::None) return;
  if (wanted == Backtraces::Full && !backtrace.room) {
    void* room = mmap(nullptr, RawBacktrace::kMost * sizeof(uintptr_t), PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (room != MAP_FAILED) backtrace.room = static_cast<uintptr_t*>(room);
  }
  backtrace.all = wanted == Backtraces::Full ? backtrace.room : nullptr;
  _Unwind_Backtrace(addFrame, &backtrace);
}

Backtraces backtracesOfEnvironment() {
  const char* value = std::getenv("WASMC_BACKTRACE");
  const std::string_view wanted = value ? value : "";
  if (wanted == "0") return Backtraces::None;
  return wanted == "full" ? Backtraces::Full : Backtraces::Short;
}

Trap makeTrap(TrapCode code, const RawBacktrace& backtrace) {
  const uint64_t count = backtrace.count;
  const uint64_t end = backtrace.all ? count : RawBacktrace::kEnd;
  const uint64_t first = std::min(count, end);
  const uint64_t last = backtrace.complete() ? std::min(count - first, end) : 0;
  std::vector<Frame> frames;
  frames.reserve(first + last);
  for (uint64_t i = 0; i < first; ++i) addFrames(frames, backtrace.all ? backtrace.all[i] : backtrace.pcs[i]);
  const uint64_t before_gap = frames.size();
  for (uint64_t i = count - last; i < count; ++i) addFrames(frames, backtrace.pcs[end + i % end]);
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
