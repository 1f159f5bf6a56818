// Traps, frames, and objects of the host.
#include <wasmc.h>

#include "objects.h"
#include "types.h"

namespace wasmc::capi {
namespace {

// What a `foreign` is made of: its identity is all there is to it.
struct ForeignObject {};

}  // namespace

wasm_trap_t* makeTrap(Error error) {
  setLastError(error);
  return new wasm_trap_t(StoreHold(nullptr), std::make_shared<TrapObject>(std::move(error)));
}

void fail(Error error, wasm_trap_t** trap) {
  if (trap)
    *trap = makeTrap(std::move(error));
  else
    setLastError(std::move(error));
}

}  // namespace wasmc::capi

using namespace wasmc::capi;

wasm_trap_t* wasm_trap_new(wasm_store_t*, const wasm_message_t* message) {
  const size_t length =
      message->size > 0 && message->data[message->size - 1] == 0 ? message->size - 1 : message->size;
  auto object = std::make_shared<TrapObject>(wasmc::Error::host(std::string(message->data, length)));
  return new wasm_trap_t(StoreHold(nullptr), std::move(object));
}

void wasm_trap_message(const wasm_trap_t* trap, wasm_message_t* out) {
  wasm_name_new_from_string_nt(out, errorOf(trap).message.c_str());
}

wasm_frame_t* wasm_trap_origin(const wasm_trap_t* trap) {
  const std::optional<wasmc::Trap>& info = errorOf(trap).trap;
  return info && !info->frames().empty() ? new wasm_frame_t{info->frames().front()} : nullptr;
}

void wasm_trap_trace(const wasm_trap_t* trap, wasm_frame_vec_t* out) {
  const std::optional<wasmc::Trap>& info = errorOf(trap).trap;
  wasm_frame_vec_new_uninitialized(out, info ? info->frames().size() : 0);
  for (size_t i = 0; i < out->size; ++i) out->data[i] = new wasm_frame_t{info->frames()[i]};
}

void wasm_frame_delete(wasm_frame_t* frame) { delete frame; }
wasm_frame_t* wasm_frame_copy(const wasm_frame_t* frame) { return new wasm_frame_t(*frame); }
wasm_instance_t* wasm_frame_instance(const wasm_frame_t*) { return nullptr; }
uint32_t wasm_frame_func_index(const wasm_frame_t* frame) { return frame->frame.function_index; }
size_t wasm_frame_module_offset(const wasm_frame_t* frame) { return frame->frame.offset.value_or(0); }
size_t wasm_frame_func_offset(const wasm_frame_t* frame) { return frame->frame.function_offset.value_or(0); }

wasmc_trap_code_t wasmc_trap_code(const wasm_trap_t* trap) {
  const wasmc::Error& error = errorOf(trap);
  return error.isTrap() ? static_cast<uint32_t>(error.trap->code()) : uint32_t{WASMC_TRAP_None};
}
wasmc_error_code_t wasmc_trap_error_code(const wasm_trap_t* trap) {
  return static_cast<wasmc_error_code_t>(errorOf(trap).code);
}
bool wasmc_trap_exit_status(const wasm_trap_t* trap, int32_t* out) {
  *out = errorOf(trap).exit_status;
  return errorOf(trap).code == wasmc::ErrorCode::Exit;
}

void wasmc_frame_module_name(const wasm_frame_t* frame, wasm_name_t* out) {
  *out = makeName(frame->frame.module);
}
void wasmc_frame_func_name(const wasm_frame_t* frame, wasm_name_t* out) {
  *out = makeName(frame->frame.function);
}
void wasmc_frame_source_file(const wasm_frame_t* frame, wasm_name_t* out) {
  *out = makeName(frame->frame.source ? frame->frame.source->file : "");
}
uint32_t wasmc_frame_source_line(const wasm_frame_t* frame, uint32_t* column) {
  const wasmc::SourceLocation source = frame->frame.source.value_or(wasmc::SourceLocation());
  if (column) *column = source.column;
  return source.line;
}
bool wasmc_frame_is_inlined(const wasm_frame_t* frame) { return frame->frame.inlined; }

wasm_foreign_t* wasm_foreign_new(wasm_store_t* store) {
  const wasmc::ExternRef object = wasmc::ExternRef::create(store->hold.ref(), ForeignObject());
  return static_cast<wasm_foreign_t*>(makeRef(store->hold, object));
}
